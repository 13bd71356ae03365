using Gallery.Backend;
using Gallery.Bridge;
using Gallery.Events;
using Gallery.Files;
using Gallery.Monitor;
using Gallery.Tour;
using Oriel;

namespace Gallery;

/// <summary>Makes an application the Gallery: its page, commands, events, states and files.</summary>
internal sealed class GalleryApp
{
    // A window with it may use everything but what asks for a capability itself: the vault of the tour.
    private const string Guest = "guest";

    private readonly OrielApp _app;
    private readonly ThemeMemory _theme;
    private readonly SharedState<int> _openWindows;

    /// <summary>Adds all that the page uses; before the engine starts.</summary>
    /// <param name="app">The application.</param>
    /// <param name="dataFolder">Where the Gallery keeps its own files.</param>
    public GalleryApp(OrielApp app, string dataFolder)
    {
        _app = app;
        _theme = new ThemeMemory(Path.Join(dataFolder, "theme"));
        _openWindows = app.State("openWindows", 0);

        Feeds = new DocumentFeeds(app.State("monitorInterval", MonitorInterval.Default, new StateOptions { IsWritable = true }));
        app.State("board", new Board("Write here: every window shows it.", BoardColor.Blue, []), new StateOptions { IsWritable = true });

        app.Assets.AddEmbedded(typeof(GalleryApp).Assembly, "web");
        app.Protocols.Map(FileProtocol.Scheme, FileProtocol.Respond);

        MonitorCommands.AddTo(app, Feeds);
        BridgeCommands.AddTo(app);
        EventCommands.AddTo(app, Feeds);
        app.Commands.Map(new FileCommands(Path.Join(dataFolder, "samples")));
        BackendCommands.AddTo(app, app.Backends.Add(PythonBackend.Create()));
        app.Commands.Map(new TourCommands(isGuest => OpenWindow(new GalleryOptions { Page = "bridge", IsGuest = isGuest, Size = new WindowSize(1000, 720) })));
        _theme.Follow(app);
    }

    /// <summary>The user's own place for the files of an application.</summary>
    public static string DefaultDataFolder => Path.Join(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } folder ? folder : Path.GetTempPath(),
        "oriel-gallery");

    /// <summary>What the documents on show are told regularly.</summary>
    public DocumentFeeds Feeds { get; }

    /// <summary>Says what the windows of guests may do; before the application is built.</summary>
    public static void DefineCapabilities(OrielAppBuilder builder) =>
        builder.Capabilities.Define(Guest, static guest => guest.AllowCommands("*").AllowEvents("*").AllowStates("*").AllowStateWrites("*"));

    /// <summary>Opens a window of the Gallery. UI thread.</summary>
    public Window OpenWindow(GalleryOptions options)
    {
        var window = _app.CreateWindow(new WindowOptions
        {
            Title = options.IsGuest ? "Gallery – guest" : "Gallery",
            Width = options.Size.Width,
            Height = options.Size.Height,
            MinimumSize = new WindowSize(560, 420),
            BackgroundColor = Background(options.Theme ?? _theme.Last),
            Capabilities = options.IsGuest ? [Guest] : null,
            Url = options.Url,
        });

        Feeds.Follow(window);
        _openWindows.Update(static count => count + 1);
        window.Closed += (_, _) => _openWindows.Update(static count => count - 1);
        return window;
    }

    // --canvas in web/style.css.
    private static Color Background(Theme theme) => Color.Parse(theme == Theme.Dark ? "#16181c" : "#f3f4f7");
}
