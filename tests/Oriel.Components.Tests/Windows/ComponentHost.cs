using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;
using Oriel.Testing;

namespace Oriel.Components.Tests;

/// <summary>An application that shows components in windows without a screen.</summary>
internal static class ComponentHost
{
    public static Task<AppHost> StartAsync(Action<ComponentsOptions>? configure = null, Action<OrielAppBuilder>? builder = null, Action<OrielApp>? setup = null) =>
        AppHost.StartAsync(static () => new HeadlessEngine(), app =>
        {
            app.ConfigureLogging(static logging => logging.ClearProviders());
            app.AddComponents(configure);
            builder?.Invoke(app);
        }, setup);

    /// <summary>Opens a window of a component, and its session.</summary>
    public static async Task<WindowDocument> ShowAsync<T>(this AppHost host, WindowOptions? options = null, IDictionary<string, object?>? parameters = null)
        where T : IComponent
    {
        var window = await host.App.CreateWindowAsync<T>(options, parameters);
        return await WindowDocument.OpenAsync(await host.PageOfAsync(window));
    }
}
