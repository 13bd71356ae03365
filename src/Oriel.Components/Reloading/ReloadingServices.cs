using Microsoft.AspNetCore.Components.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Oriel.Components.Reloading;

/// <summary>What a session needs to change while the program does.</summary>
internal static class ReloadingServices
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddScoped<ComponentStatePersistenceManager>();
        services.TryAddScoped(static scope => scope.GetRequiredService<ComponentStatePersistenceManager>().State);
        services.AddSupplyValueFromPersistentComponentStateProvider();
        services.TryAddScoped<ComponentMemory>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<ISessionPart, ComponentMemory>(static scope => scope.GetRequiredService<ComponentMemory>()));
        services.TryAddEnumerable(ServiceDescriptor.Scoped<ISessionPart, ContentReload>());
    }
}
