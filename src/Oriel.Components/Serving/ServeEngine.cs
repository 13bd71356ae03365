using System.Runtime.InteropServices;
using Oriel.Engines;

namespace Oriel.Components;

/// <summary>Takes the place of an engine in a program that serves browsers: its windows are pages that any number of browsers can open.</summary>
/// <remarks>
/// The first window is at <c>/</c> and all addresses that no other has; each other at its <see cref="WindowOptions.Url"/>, or its name. What belongs to a screen
/// (title, size, state, focus, closing) does nothing, as a browser's window belongs to its person; what would need one page of many throws.
/// </remarks>
internal sealed class ServeEngine(Func<OrielApp> app, ServeOptions options) : IEngine
{
    private readonly AutoResetEvent _wake = new(false);
    private readonly TaskCompletionSource<OrielServer> _served = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<ServeEngineWindow> _windows = [];
    private Dispatcher? _dispatcher;
    private bool _isQuitting;

    public string Name => "Browsers";

    public EngineFeatures Features => EngineFeatures.None;

    public Dispatcher Dispatcher => _dispatcher ??= new Dispatcher(() => _wake.Set());

    /// <summary>The server, once it takes connections.</summary>
    public Task<OrielServer> Served => _served.Task;

    /// <summary>Whether the address is printed.</summary>
    public bool Announces { get; init; } = true;

    public void Start(EngineOptions options) => Dispatcher.Attach();

    public IEngineWindow CreateWindow(EngineWindowOptions options, IEngineWindowHandler handler)
    {
        var window = new ServeEngineWindow(this, options.Address);
        _windows.Add(window);
        return window;
    }

    public void Run()
    {
        Dispatcher.VerifyAccess();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, QuitFor);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, QuitFor);
        var pages = new WindowPages(app());
        var server = Task.Run(() => OrielServer.StartAsync(app(), options, pages.Find, CancellationToken.None)).GetAwaiter().GetResult();
        try
        {
            _served.SetResult(server);
            if (Announces)
            {
                Console.Out.WriteLine($"{app().Options.ApplicationName} is served at {server.Address}");
            }

            while (!_isQuitting)
            {
                _wake.WaitOne();
                Dispatcher.Drain();
            }
        }
        finally
        {
            Task.Run(() => server.DisposeAsync().AsTask()).GetAwaiter().GetResult();
        }
    }

    public bool Tick()
    {
        Dispatcher.VerifyAccess();
        var worked = false;
        while (_wake.WaitOne(0))
        {
            worked = true;
            Dispatcher.Drain();
        }

        return worked;
    }

    public void Quit()
    {
        Dispatcher.VerifyAccess();
        _isQuitting = true;
        _wake.Set();
    }

    // The browsers of those who are served are elsewhere.
    public void OpenExternal(Uri address) => throw Unsupported("open an address in the browser of this machine");

    public void Dispose()
    {
        // The event itself is left to the collector: a thread that still posts would find it closed.
    }

    internal EngineNotSupportedException Unsupported(string feature) => new(feature, Name);

    private void QuitFor(PosixSignalContext context)
    {
        context.Cancel = true;
        Dispatcher.Post(Quit);
    }
}
