using Oriel;
using Oriel.Engines.Gtk;
using Oriel.Testing;

[assembly: AssemblyFixture(typeof(Gallery.EndToEnd.GalleryHost))]

// The tests share one engine and one display.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Gallery.EndToEnd;

/// <summary>The Gallery in the real engine: a process can have only one.</summary>
public sealed class GalleryHost : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("oriel-gallery-");
    private AppHost _host = null!;
    private GalleryApp _gallery = null!;

    /// <summary>A folder for files of the tests.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The folder of the place "Samples".</summary>
    public string Samples => Path.Join(Folder, "samples");

    /// <summary>The windows that are open.</summary>
    internal IReadOnlyList<Window> Windows => _host.App.Windows;

    internal DocumentFeeds Feeds => _gallery.Feeds;

    public async ValueTask InitializeAsync() =>
        _host = await AppHost.StartAsync(static () => new GtkEngine(), GalleryApp.DefineCapabilities, setup: app => _gallery = new GalleryApp(app, Folder));

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Opens a window of the Gallery and waits until it has painted its page with data.</summary>
    internal async Task<GalleryWindow> OpenAsync(GalleryOptions options)
    {
        var painted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Window? opened = null;
        using var subscription = _host.App.Events.On<PagePainted>("page.painted", (sender, _) =>
        {
            // Not the last word of a window that is just closing. Ours is known before its page begins to load.
            if (sender == Volatile.Read(ref opened))
            {
                painted.TrySetResult();
            }
        });

        var window = new GalleryWindow(await _host.App.Dispatcher.InvokeAsync(() => opened = _gallery.OpenWindow(options)));
        try
        {
            await painted.Task.WaitAsync(GalleryWindow.Patience, TestContext.Current.CancellationToken);
        }
        catch
        {
            await window.DisposeAsync();
            throw;
        }

        return window;
    }
}
