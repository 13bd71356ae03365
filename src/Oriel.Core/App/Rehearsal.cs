using System.Runtime.CompilerServices;
using Oriel.Engines;
using Oriel.Protocols;

namespace Oriel;

/// <summary>Opens a window that nobody sees, on a thread of its own, while the real engine is still loading.</summary>
/// <remarks>
/// The first window runs some four hundred methods for the first time, and the JIT compiler's share of the time to its first
/// pixel was 55 ms on the UI thread (measured), which meanwhile spends twice as long in GTK and WebKit with the other cores idle.
/// What is rehearsed here is compiled when it is needed there. Nothing native is touched: loading libraries on two threads can
/// dead-lock.
/// </remarks>
internal static class Rehearsal
{
    private static int _hasBegun;

    /// <summary>Begins the rehearsal, once in a process; where everything is compiled ahead there is none.</summary>
    public static void Begin()
    {
        if (RuntimeFeature.IsDynamicCodeCompiled && Environment.ProcessorCount > 1 && Interlocked.Exchange(ref _hasBegun, 1) == 0)
        {
            new Thread(Run) { IsBackground = true, Name = "Oriel rehearsal" }.Start();
        }
    }

    private static void Run()
    {
        try
        {
            using var app = new OrielApp(new AppOptions(), static () => new Engine(), static () => throw new InvalidOperationException("A rehearsal has no services."));
            app.Assets.AddText("index.html", "<!doctype html>");
            app.CreateWindow(new WindowOptions { BackgroundColor = Color.Parse("#000000") });
            app.Dispatcher.Drain();
        }
        catch (Exception)
        {
            // Whatever is wrong will show itself, with an explanation, when it is done for real.
        }
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
