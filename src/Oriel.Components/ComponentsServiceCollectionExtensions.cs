using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Oriel.Components.Events;
using Oriel.Components.Interop;
using Oriel.Components.Navigation;
using Oriel.Components.Reloading;
using Oriel.Components.Rendering;
using Oriel.Components.Widgets;

namespace Oriel.Components;

/// <summary>Adds what trees of components need to a service collection.</summary>
public static class ComponentsServiceCollectionExtensions
{
    /// <summary>Adds what trees of components need. Adding it again configures the same options further.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">Changes the options.</param>
    public static IServiceCollection AddOrielComponents(this IServiceCollection services, Action<ComponentsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        configure?.Invoke(Options(services));
        AddSessions(services);
        AddRendering(services);
        AddEvents(services);
        AddWidgets(services);
        AddServing(services);
        InteropServices.Add(services);
        NavigationServices.Add(services);
        ReloadingServices.Add(services);
        return services;
    }

    private static ComponentsOptions Options(IServiceCollection services)
    {
        if (services.FirstOrDefault(s => s.ServiceType == typeof(ComponentsOptions))?.ImplementationInstance is ComponentsOptions known)
        {
            return known;
        }

        var options = new ComponentsOptions();
        services.AddSingleton(options);
        return options;
    }

    private static void AddSessions(IServiceCollection services)
    {
        Options(services);
        services.AddLogging();
        services.TryAddSingleton<SessionHost>();
        services.TryAddScoped<SessionContext>();
        services.TryAddScoped(static scope => scope.GetRequiredService<SessionContext>().Session.Window
            ?? throw new InvalidOperationException("This tree of components is served to a browser: there is no Window to inject. Inject IServiceProvider and ask whether there is one."));
    }

    private static void AddRendering(IServiceCollection services)
    {
        services.TryAddScoped<IErrorBoundaryLogger, ErrorBoundaryLogger>();
        services.TryAddSingleton(static all => new RenderTracking(all.GetRequiredService<ILogger<RenderTracking>>()));
    }

    private static void AddEvents(IServiceCollection services) =>
        services.TryAddEnumerable(ServiceDescriptor.Scoped<ISessionPart, PageEvents>());

    private static void AddWidgets(IServiceCollection services) => services.TryAddScoped<ToastService>();

    private static void AddServing(IServiceCollection services) => services.TryAddSingleton<MappedServing>();
}
