using Gallery.Backend;
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
    private readonly ThemeMemory _theme;

    /// <summary>Adds all that the page uses; before the engine starts.</summary>
    /// <param name="app">The application.</param>
    /// <param name="dataFolder">Where the Gallery keeps its own files.</param>
    public GalleryApp(OrielApp app, string dataFolder)
    {
        _app = app;
        _theme = new ThemeMemory(Path.Join(dataFolder, "theme"));

        app.Assets.AddEmbedded(typeof(GalleryApp).Assembly, "web");
        app.Protocols.Map(FileProtocol.Scheme, FileProtocol.Respond);

        MonitorCommands.AddTo(app, Feeds);
        FileCommands.AddTo(app, Path.Join(dataFolder, "samples"));
        BridgeCommands.AddTo(app);
        EventCommands.AddTo(app, Feeds);
        BackendCommands.AddTo(app, app.Backends.Add(PythonBackend.Create()));
        _theme.Follow(app);
    }

    /// <summary>The user's own place for the files of an application.</summary>
    public static string DefaultDataFolder => Path.Join(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } folder ? folder : Path.GetTempPath(),
        "oriel-gallery");

    /// <summary>What the documents on show are told regularly.</summary>
    public DocumentFeeds Feeds { get; } = new();

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

        Feeds.Follow(window);
        return window;
    }

    // --canvas in web/style.css.
    private static Color Background(Theme theme) => Color.Parse(theme == Theme.Dark ? "#16181c" : "#f3f4f7");
}
