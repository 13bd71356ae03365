using System.Collections.Concurrent;
using Oriel.Engines;

namespace Oriel.Testing;

/// <summary>An engine without a web view and without a screen: its pages are <see cref="HeadlessPage"/>s, played by a test.</summary>
/// <remarks>
/// Documents and resources are loaded by the same path, and messages cross the same bridge in the same form, as with an engine
/// that shows something. HTML is read for its title alone; no JavaScript runs, no style and no Content-Security-Policy applies.
/// Any number can live in a process, each on a UI thread of its own.
/// <code>
/// await using var host = await AppHost.StartAsync(() => new HeadlessEngine(), setup: MyProgram.AddCommands);
/// var page = await host.OpenPageAsync();
/// Assert.Equal("\"Hello, Ada\"", await page.InvokeAsync("greet", """{"name":"Ada"}"""));
/// </code>
/// </remarks>
public sealed class HeadlessEngine : IEngine
{
    private readonly AutoResetEvent _wake = new(false);
    private readonly List<HeadlessWindow> _windows = [];
    private readonly ConcurrentQueue<Uri> _opened = new();
    private EngineOptions? _engineOptions;
    private bool _isQuitting;

    /// <summary>Creates the engine.</summary>
    public HeadlessEngine(HeadlessEngineOptions? options = null)
    {
        Options = options ?? new HeadlessEngineOptions();
        Dispatcher = new Dispatcher(() => _wake.Set());
    }

    /// <inheritdoc/>
    public string Name => "Headless";

    /// <inheritdoc/>
    public EngineFeatures Features =>
        EngineFeatures.IsolatedWorld | EngineFeatures.RequestBodies | (Options.StreamedResponses ? EngineFeatures.StreamedResponses : EngineFeatures.None);

    /// <inheritdoc/>
    public Dispatcher Dispatcher { get; }

    /// <summary>The addresses that a browser or a mail program would have been opened with, in order.</summary>
    public IReadOnlyCollection<Uri> OpenedAddresses => _opened;

    internal HeadlessEngineOptions Options { get; }

    /// <inheritdoc/>
    public void Start(EngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        _engineOptions = options;
        Dispatcher.Attach();
    }

    /// <inheritdoc/>
    public IEngineWindow CreateWindow(EngineWindowOptions options, IEngineWindowHandler handler)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(handler);
        Dispatcher.VerifyAccess();

        var window = new HeadlessWindow(this, options, handler);
        _windows.Add(window);
        return window;
    }

    /// <inheritdoc/>
    public void Run()
    {
        Dispatcher.VerifyAccess();

        while (!_isQuitting)
        {
            _wake.WaitOne();
            Dispatcher.Drain();
        }
    }

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public void Quit()
    {
        Dispatcher.VerifyAccess();
        _isQuitting = true;
        _wake.Set();
    }

    /// <inheritdoc/>
    public void OpenExternal(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        _opened.Enqueue(address);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var window in _windows.ToArray())
        {
            window.Dispose();
        }

        // The event itself is left to the collector: a thread that still posts would find it closed.
    }

    internal bool Serves(string scheme) => _engineOptions!.Schemes.Contains(scheme);

    internal void Remove(HeadlessWindow window) => _windows.Remove(window);

    internal void ReportError(Exception exception) => _engineOptions?.OnError?.Invoke(exception);

    internal EngineNotSupportedException NotSupported(string feature) => new(feature, Name);
}
