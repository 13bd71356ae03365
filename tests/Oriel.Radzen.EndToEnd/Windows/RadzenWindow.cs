using System.Text.Json;
using Oriel.Engines.Gtk;
using Oriel.Testing;
using Radzen;
using RadzenSample;
using ComponentPage = Oriel.Components.EndToEnd.ComponentPage;

// The tests share one display, and its mouse.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Oriel.Radzen.EndToEnd.Windows;

/// <summary>The sample in a window.</summary>
public sealed class RadzenWindow : ILibraryPage, IAsyncLifetime
{
    private AppHost _host = null!;
    private ComponentPage _page = null!;

    public string Name => "window";

    public async ValueTask InitializeAsync()
    {
        _host = await AppHost.StartAsync(static () => new GtkEngine(), static builder =>
        {
            builder.AddComponents(LibraryPage.Configure);
            builder.Services.AddRadzenComponents();
        });
        _page = new ComponentPage(_host.App, await _host.App.CreateWindowAsync<App>(LibraryPage.Window));
        await _page.LoadedAsync();
        await _page.ShowsAsync("h1");
        await RunAsync(Complaints.Watch);
    }

    public Task<JsonElement> RunAsync(string script) => _page.RunAsync(script);

    public Task UntilAsync(string expression) => _page.UntilAsync(expression);

    public async Task MouseAsync(int x, int y)
    {
        var handle = await _host.App.Dispatcher.InvokeAsync(() => _page.Window.Handle);
        await ComponentPage.ToolAsync("mousemove", "--window", $"{handle}", $"{x}", $"{y}");
        await ComponentPage.ToolAsync("click", "1");
    }

    public Task TypeAsync(string text) => ComponentPage.ToolAsync("type", "--delay", "5", text);

    public Task<byte[]> PictureAsync(string name) => _page.PictureAsync(name);

    public async Task<IReadOnlyList<string>> ComplaintsAsync() => Complaints.Of(await RunAsync(Complaints.Take));

    public async ValueTask DisposeAsync()
    {
        await _page.DisposeAsync();
        await _host.DisposeAsync();
    }
}
