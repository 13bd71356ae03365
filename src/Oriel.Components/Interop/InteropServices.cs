using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.JSInterop;

namespace Oriel.Components.Interop;

/// <summary>What calls between C# and the page consist of.</summary>
internal static class InteropServices
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton<StaticCallPolicy>();
        services.TryAddScoped<PageUploads>();
        services.TryAddScoped<PageJSRuntime>();
        services.TryAddScoped<IJSRuntime>(static scope => scope.GetRequiredService<PageJSRuntime>());
        services.TryAddEnumerable(ServiceDescriptor.Scoped<ISessionPart, PageJSRuntime>(static scope => scope.GetRequiredService<PageJSRuntime>()));
    }
}
