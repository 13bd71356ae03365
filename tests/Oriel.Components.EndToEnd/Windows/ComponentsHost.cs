using Microsoft.AspNetCore.Components;
using Oriel.Engines.Gtk;
using Oriel.Testing;

[assembly: AssemblyFixture(typeof(Oriel.Components.EndToEnd.ComponentsHost))]

// The tests share one engine and one display.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Oriel.Components.EndToEnd;

/// <summary>An application of components in the real engine: a process can have only one.</summary>
public sealed class ComponentsHost : IAsyncLifetime
{
    private AppHost _host = null!;

    public OrielApp App => _host.App;

    public async ValueTask InitializeAsync() =>
        _host = await AppHost.StartAsync(static () => new GtkEngine(), static builder => builder.AddComponents(static options => options.ApplicationName = "Oriel.Components.EndToEnd"));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>Opens a window of a component, and waits until something matches a selector in it.</summary>
    internal async Task<ComponentPage> OpenAsync<T>(string selector, string url = "/")
        where T : IComponent
    {
        var page = new ComponentPage(await App.CreateWindowAsync<T>(new WindowOptions { Url = url, Width = 800, Height = 600, Title = typeof(T).Name }));
        await page.LoadedAsync();
        await page.ShowsAsync(selector);
        return page;
    }
}
