using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Oriel.Engines;
using Oriel.Protocols;
using Oriel.Security;

namespace Oriel;

/// <summary>Prepares the first window on a thread of its own: loads the system's libraries, and then opens a window that nobody sees.</summary>
/// <remarks>
/// The first window runs some four hundred methods for the first time, and the JIT compiler's share of the time to its first
/// pixel was 55 ms on the UI thread (measured), which meanwhile spends twice as long in GTK and WebKit with the other cores idle.
/// What is rehearsed here is compiled when it is needed there. The libraries take 40 ms, in which a program says what it consists
/// of; the engine waits for them, because loading libraries on two threads at once can dead-lock.
/// </remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "It lives as long as the process.")]
internal sealed class Rehearsal
{
    private static int _hasRun;

    private readonly ManualResetEventSlim _isLoaded = new();

    private Rehearsal()
    {
    }

    /// <summary>The rehearsal of an application that has no windows: it is over, and nothing was loaded.</summary>
    public static Rehearsal None
    {
        get
        {
            var none = new Rehearsal();
            none._isLoaded.Set();
            return none;
        }
    }

    /// <summary>Begins. Where there is nothing to win (one core, everything compiled ahead, a second application) all is over at once.</summary>
    /// <param name="preload">Loads what the engine needs of the system.</param>
    public static Rehearsal Begin(Action? preload)
    {
        var rehearsal = new Rehearsal();
        if (RuntimeFeature.IsDynamicCodeCompiled && Environment.ProcessorCount > 1 && Interlocked.Exchange(ref _hasRun, 1) == 0)
        {
            new Thread(() => rehearsal.Run(preload)) { IsBackground = true, Name = "Oriel rehearsal" }.Start();
        }
        else
        {
            rehearsal._isLoaded.Set();
        }

        return rehearsal;
    }

    /// <summary>Waits until no library is being loaded.</summary>
    public void WaitForLibraries() => _isLoaded.Wait();

    private void Run(Action? preload)
    {
        try
        {
            preload?.Invoke();
        }
        catch (Exception)
        {
            // The engine says what is missing when it starts.
        }

        _isLoaded.Set();

        try
        {
            OpenWindow();
        }
        catch (Exception)
        {
            // Whatever is wrong will show itself, with an explanation, when it is done for real.
        }
    }

    private static void OpenWindow()
    {
        using var app = new OrielApp(new AppOptions(), static () => new Engine(), static () => throw new InvalidOperationException("A rehearsal has no services."), new JsonTypes([]), CapabilityTable.Create([], []), Begin(preload: null));
        app.Assets.AddText("index.html", "<!doctype html>");
        app.CreateWindow(new WindowOptions { BackgroundColor = Color.Parse("#000000") });
        app.Dispatcher.Drain();
    }

    private sealed class Engine : IEngine
    {
        public Engine() => Dispatcher = new Dispatcher(static () => { });

        public string Name => "rehearsal";

        public EngineFeatures Features => EngineFeatures.StreamedResponses;

        public Dispatcher Dispatcher { get; }

        public void Start(EngineOptions options) => Dispatcher.Attach();

        public IEngineWindow CreateWindow(EngineWindowOptions options, IEngineWindowHandler handler)
        {
            _ = (options.Title, options.Size, options.MinimumSize, options.IsResizable, options.IsDecorated, options.BackgroundColor,
                options.ShowsItself, options.DevTools, options.IsolatedScript, options.PageScript, options.BridgeOrigins, options.Related);
            var window = new EngineWindow(handler);
            window.Navigate(options.Address);
            return window;
        }

        public void Run()
        {
        }

        public bool Tick() => false;

        public void Quit()
        {
        }

        public void OpenExternal(Uri address)
        {
        }

        public void Dispose()
        {
        }
    }

    private sealed class EngineWindow(IEngineWindowHandler handler) : IEngineWindow, IEngineWebView, IEngineReply, IProtocolResponder
    {
        private const string Document = "00000000000000000000000000000000";

        private readonly byte[] _bytes = new byte[1_024];

        public IEngineWebView WebView => this;

        public nint Handle => 0;

        public string Address => BridgeAddress.Origin;

        // What an engine tells while a page loads, in its order.
        public void Navigate(string address)
        {
            handler.OnNavigating(new NavigationRequest(address, IsTopFrame: true, IsUserGesture: false));
            Request(address);
            handler.OnDocumentCommitted(address);
            Post("""{"type":"ready","data":{"down":"stream"}}""");
            Request($"{BridgeAddress.Origin}{BridgeAddress.Down}{Document}");
            Post("""{"type":"request","id":"1","method":"oriel.window.restore","data":null}""");
            handler.OnTitleChanged("rehearsal");
            handler.OnStateChanged(new WindowSize(1, 1), WindowState.Normal, isFocused: true);
            handler.OnShown();
            handler.OnLoadFinished(address, null);
        }

        public void Respond(ProtocolResponse response) => _ = response.Stream?.ReadAsync(_bytes).AsTask();

        public void Return(ReadOnlySpan<byte> utf8)
        {
        }

        public Task<string> EvaluateAsync(string body) => Task.FromResult("null");

        public Task<byte[]> SnapshotAsync() => Task.FromResult(_bytes);

        public void Post(ReadOnlySpan<byte> lines)
        {
        }

        public void AddBridgeOrigin(string origin)
        {
        }

        public void ShowDevTools()
        {
        }

        public void Reload()
        {
        }

        public void GoBack()
        {
        }

        public void GoForward()
        {
        }

        public void SetTitle(string title)
        {
        }

        public void SetSize(WindowSize size)
        {
        }

        public void Show()
        {
        }

        public void Hide()
        {
        }

        public void Focus()
        {
        }

        public void SetState(WindowState state)
        {
        }

        public void Close()
        {
        }

        public void Dispose()
        {
        }

        private void Request(string address) => handler.OnRequest(
            new ProtocolRequest
            {
                Address = new Uri(address),
                Method = "GET",
                Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase),
            },
            this);

        private void Post(string line) => handler.OnMessage(System.Text.Encoding.UTF8.GetBytes($"{Document} {BridgeAddress.Origin}\n{line}"), this);
    }
}
