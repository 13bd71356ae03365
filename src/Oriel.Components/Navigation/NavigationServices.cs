using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Oriel.Components.Navigation;

/// <summary>What routing consists of.</summary>
internal static class NavigationServices
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddScoped<PageNavigationManager>();
        services.TryAddScoped<NavigationManager>(static scope => scope.GetRequiredService<PageNavigationManager>());
        services.TryAddScoped<INavigationInterception, PageNavigationInterception>();
        services.TryAddScoped<IScrollToLocationHash, PageScrollToHash>();
        services.TryAddEnumerable(
            ServiceDescriptor.Scoped<ISessionPart, PageNavigationManager>(static scope => scope.GetRequiredService<PageNavigationManager>()));
        services.AddSupplyValueFromQueryProvider();
    }
}
