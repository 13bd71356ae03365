using Gallery.Bridge;
using Gallery.Events;
using Gallery.Files;
using Gallery.Monitor;
using Oriel;

namespace Gallery;

/// <summary>Makes an application the Gallery: its page, commands, events and files.</summary>
internal sealed class GalleryApp
{
    private readonly OrielApp _app;
    private readonly DocumentFeeds _feeds = new();
    private readonly ThemeMemory _theme = new(Path.Join(DataFolder, "theme"));

    /// <summary>Adds all that the page uses; before the engine starts.</summary>
    public GalleryApp(OrielApp app)
    {
        _app = app;
        app.Assets.AddEmbedded(typeof(GalleryApp).Assembly, "web");
        app.Protocols.Map(FileProtocol.Scheme, FileProtocol.Respond);

        MonitorCommands.AddTo(app, _feeds);
        FileCommands.AddTo(app, Path.Join(DataFolder, "samples"));
        BridgeCommands.AddTo(app);
        EventCommands.AddTo(app, _feeds);
        _theme.Follow(app);
    }

    /// <summary>Opens a window of the Gallery. UI thread.</summary>
    public Window OpenWindow(GalleryOptions options)
    {
        var window = _app.CreateWindow(new WindowOptions
        {
            Title = "Gallery",
            Width = options.Size.Width,
            Height = options.Size.Height,
            MinimumSize = new WindowSize(560, 420),
            BackgroundColor = Background(options.Theme ?? _theme.Last),
            Url = options.Url,
        });

        _feeds.Follow(window);
        return window;
    }

    private static string DataFolder { get; } = Path.Join(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } folder ? folder : Path.GetTempPath(),
        "oriel-gallery");

    // --canvas in web/style.css.
    private static Color Background(Theme theme) => Color.Parse(theme == Theme.Dark ? "#16181c" : "#f3f4f7");
}
