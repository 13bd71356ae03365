using Microsoft.Extensions.DependencyInjection;
using Oriel.Assets;
using Oriel.Engines;
using Oriel.Protocols;
using Oriel.Security;

namespace Oriel;

/// <summary>An application: its windows, and what their pages can use.</summary>
/// <remarks>The thread that creates the first window, or calls <see cref="Run"/>, becomes the UI thread.</remarks>
public sealed partial class OrielApp : IDisposable
{
    private readonly Func<IEngine> _createEngine;
    private readonly Lazy<ServiceProvider> _services;
    private readonly Rehearsal _rehearsal;
    private readonly Lock _gate = new();
    private readonly List<Window> _windows = [];
    private readonly ServedContents _served = new();
    private IEngine? _engine;
    private string? _contentSecurityPolicy;
    private int _lastWindow;
    private int _exitCode;
    private bool _isQuitting;

    internal OrielApp(AppOptions options, Func<IEngine> createEngine, Func<ServiceProvider> createServices, JsonTypes json, CapabilityTable capabilities, Rehearsal rehearsal)
    {
        Options = options;
        _createEngine = createEngine;
        _rehearsal = rehearsal;
        Json = json;
        Capabilities = capabilities;
        Commands = new CommandRegistry(this);
        _services = new Lazy<ServiceProvider>(createServices);
        Log = new AppLog(this);
        Events = new EventHub(this);
        _states = new StateRegistry(this);
        Backends = new BackendRegistry(this);
        Plugins = new PluginRouter(this);
        Router = new RequestRouter(Assets, OwnAssets, _served, Protocols, () => _contentSecurityPolicy ??= Options.ContentSecurityPolicy ?? DefaultPolicy(Protocols.Schemes), Log);
        WindowCommands.AddTo(Commands);
        StateCommands.AddTo(Commands);
    }

    /// <summary>What the application was built with.</summary>
    public AppOptions Options { get; }

    /// <summary>What pages can call.</summary>
    public CommandRegistry Commands { get; }

    /// <summary>The JSON of what passes between pages and code.</summary>
    public JsonTypes Json { get; }

    /// <summary>Events between pages and code.</summary>
    public EventHub Events { get; }

    /// <summary>Programs in other processes whose functions pages can call.</summary>
    public BackendRegistry Backends { get; }

    /// <summary>What pages call as <c>plugin:name|command</c>.</summary>
    public PluginRouter Plugins { get; }

    /// <summary>What pages are loaded from.</summary>
    public AssetServer Assets { get; } = new();

    /// <summary>Origins of lower trust beside the app's own, with pages of their own.</summary>
    public OriginRegistry Origins { get; } = new();

    /// <summary>The application's own schemes.</summary>
    public ProtocolRegistry Protocols { get; } = new();

    /// <summary>The services, built when they are first asked for.</summary>
    public IServiceProvider Services => _services.Value;

    /// <summary>The open windows.</summary>
    public IReadOnlyList<Window> Windows
    {
        get
        {
            lock (_gate)
            {
                return [.. _windows];
            }
        }
    }

    /// <summary>The engine, which has started when there is a window.</summary>
    /// <exception cref="InvalidOperationException">It has not started.</exception>
    public IEngine Engine => _engine ?? throw new InvalidOperationException("The engine starts with the first window: create one, or call Run.");

    /// <summary>The queue of the UI thread.</summary>
    /// <inheritdoc cref="Engine" path="/exception"/>
    public Dispatcher Dispatcher => Engine.Dispatcher;

    /// <summary>Serves bytes to the pages of the application, for <c>img</c>, <c>video</c> and the like, until the result is disposed.</summary>
    /// <param name="key">Letters, digits, <c>- _ . /</c>: the end of the address.</param>
    /// <param name="bytes">The content, which must not change.</param>
    /// <param name="mediaType">Its media type.</param>
    /// <exception cref="ArgumentException">The key cannot be one, or is taken.</exception>
    public ServedContent Serve(string key, ReadOnlyMemory<byte> bytes, string mediaType) =>
        _served.Add(key, mediaType, () => ServedContents.StreamOf(bytes));

    /// <summary>Serves a stream to the pages of the application until the result is disposed. Where it can seek, a page may ask for parts of it.</summary>
    /// <param name="key">Letters, digits, <c>- _ . /</c>: the end of the address.</param>
    /// <param name="open">Opens the content for one request, which disposes it; called on the thread pool.</param>
    /// <param name="mediaType">Its media type.</param>
    /// <exception cref="ArgumentException">The key cannot be one, or is taken.</exception>
    public ServedContent Serve(string key, Func<Stream> open, string mediaType) => _served.Add(key, mediaType, open);

    /// <summary>What parts of Oriel serve to its pages: <c>oriel://app/.oriel/ui/...</c>.</summary>
    internal AssetServer OwnAssets { get; } = new();

    /// <summary>Makes the policy of pages, from the application's schemes, where <see cref="AppOptions.ContentSecurityPolicy"/> does not say it.</summary>
    internal Func<IEnumerable<string>, string> DefaultPolicy { get; set; } = ContentSecurityPolicy.Default;

    internal CapabilityTable Capabilities { get; }

    /// <inheritdoc cref="ServedContents.Add"/>
    internal ServedContent Serve(string key, Func<Stream> open, string mediaType, Func<ProtocolRequest, bool> admits) => _served.Add(key, mediaType, open, admits);

    internal AppLog Log { get; }

    internal RequestRouter Router { get; }

    /// <summary>Starts the engine on this thread, which becomes the UI thread. The first window and <see cref="Run"/> do it by themselves.</summary>
    /// <exception cref="EngineUnavailableException">The engine cannot run on this machine; the message says what to install.</exception>
    public void Start()
    {
        if (_engine is not null)
        {
            return;
        }

        _rehearsal.WaitForLibraries();
        var engine = _createEngine();
        Protocols.Freeze();
        engine.Start(new EngineOptions
        {
            ApplicationName = Options.ApplicationName,
            Schemes = [BridgeAddress.Scheme, .. Protocols.Schemes],
            OnError = exception => Log.Value.EngineFailed(exception),
        });
        engine.Dispatcher.UnhandledException += exception => Log.Value.UIWorkFailed(exception);
        _engine = engine;
    }

    /// <summary>Creates a window. UI thread; from elsewhere use <see cref="CreateWindowAsync"/>.</summary>
    /// <exception cref="EngineUnavailableException">The engine cannot run on this machine; the message says what to install.</exception>
    public Window CreateWindow(WindowOptions? options = null)
    {
        Start();
        Dispatcher.VerifyAccess();

        var window = new Window(this, ++_lastWindow, options ?? new WindowOptions());

        // Origins of different trust never share a process.
        var related = Windows.FirstOrDefault(other => other.SharesProcess && !other.IsClosed && other.Home == window.Home);
        lock (_gate)
        {
            _windows.Add(window);
        }

        try
        {
            window.Create(Engine, related);
        }
        catch
        {
            lock (_gate)
            {
                _windows.Remove(window);
            }

            throw;
        }

        return window;
    }

    /// <summary>Creates a window from any thread, once the application runs.</summary>
    public Task<Window> CreateWindowAsync(WindowOptions? options = null) => Dispatcher.InvokeAsync(() => CreateWindow(options));

    /// <summary>Runs the application until it quits; ends every window then.</summary>
    /// <returns>The exit code that <see cref="Quit"/> was given.</returns>
    public int Run()
    {
        Start();
        Dispatcher.VerifyAccess();

        if (!_isQuitting)
        {
            Engine.Run();
        }

        Dispose();
        return _exitCode;
    }

    /// <summary>Ends <see cref="Run"/>. From any thread.</summary>
    public void Quit(int exitCode = 0)
    {
        _exitCode = exitCode;
        Dispatcher.Post(() =>
        {
            _isQuitting = true;
            Engine.Quit();
        });
    }

    /// <summary>Ends windows, engine, back ends and services. UI thread.</summary>
    public void Dispose()
    {
        foreach (var window in Windows)
        {
            window.DisposeNative();
        }

        if (_engine is { } engine)
        {
            // The windows' handlers hear of their end although the loop is over.
            engine.Dispatcher.Drain();
            engine.Dispose();
        }

        // After the windows, so that nobody looks at one while a back end takes its time. None of it needs this thread.
        Task.Run(EndOthersAsync).GetAwaiter().GetResult();

        // Before the services, which they were made of.
        Task.Run(() => Commands.DisposeInstancesAsync().AsTask()).GetAwaiter().GetResult();

        if (_services.IsValueCreated)
        {
            // Some services can only be disposed asynchronously, and what they await must not need this thread.
            Task.Run(() => _services.Value.DisposeAsync().AsTask()).GetAwaiter().GetResult();
        }
    }

    private async Task EndOthersAsync()
    {
        var plugins = Plugins.BeginEnd();
        var backends = Backends.BeginEnd();
        try
        {
            await Task.WhenAll([.. plugins.Select(static plugin => plugin.Ended), .. backends.Select(static backend => backend.Ended)]).WaitAsync(Options.ExitTimeout).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            string[] left =
            [
                .. plugins.Where(static plugin => !plugin.Ended.IsCompleted).Select(static plugin => plugin.Name),
                .. backends.Where(static backend => !backend.Ended.IsCompleted).Select(static backend => $"the back end \"{backend.Backend.Name}\""),
            ];
            Log.Value.NotEnded(Options.ExitTimeout, string.Join(", ", left));

            foreach (var (backend, ended) in backends)
            {
                if (!ended.IsCompleted)
                {
                    backend.Kill();
                }
            }
        }
        catch (Exception exception)
        {
            Log.Value.EventHandlerFailed(exception);
        }
    }

    internal void AnnounceEvents()
    {
        foreach (var window in Windows)
        {
            window.AnnounceEvents();
        }
    }

    internal void HandleClosed(Window window)
    {
        bool isLast;
        lock (_gate)
        {
            isLast = _windows.Remove(window) && _windows.Count == 0;
        }

        if (isLast && Options.QuitsWithLastWindow)
        {
            _isQuitting = true;
            Engine.Quit();
        }
    }
}
