using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Oriel.Engines;
using Oriel.Ipc;
using Oriel.Security;

namespace Oriel;

/// <summary>A window of the application and the page that it shows.</summary>
/// <remarks>
/// Members may be used from any thread: what belongs to the UI thread is taken there, in order. Events are raised on the UI thread.
/// </remarks>
public sealed partial class Window
{
    private readonly OrielApp _app;
    private readonly WindowOptions _options;
    private readonly WindowPage _page;
    private IEngineWindow? _native;
    private string _title;
    private WindowSize _size;
    private WindowState _state;
    private bool _isCloseApproved;

    internal Window(OrielApp app, int id, WindowOptions options)
    {
        _app = app;
        _options = options;
        _title = options.Title;
        _size = new WindowSize(options.Width, options.Height);
        States = new StateRegistry(app);
        Id = id;
        Home = app.Origins.OriginOf(options.Url);
        _page = new WindowPage(app, this, options);
    }

    /// <summary>Raised when the user, or <see cref="Close"/>, wants to close the window.</summary>
    public event EventHandler<WindowClosingEventArgs>? Closing;

    /// <summary>Raised when the window is gone.</summary>
    public event EventHandler? Closed;

    /// <summary>Raised when the window is shown for the first time.</summary>
    public event EventHandler? Shown;

    /// <summary>Raised when size, state or focus changed.</summary>
    public event EventHandler? StateChanged;

    /// <summary>Tells the window from the app's others; never used twice.</summary>
    public int Id { get; }

    /// <summary>What grants of capabilities call it; null for none.</summary>
    public string? Name => _options.Name;

    /// <summary>Whether the window is gone.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Whether the window has been shown.</summary>
    public bool IsShown { get; private set; }

    /// <summary>Whether the window has the focus.</summary>
    public bool IsFocused { get; private set; }

    /// <summary>The title; the document's own takes its place.</summary>
    public string Title
    {
        get => _title;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _title = value;
            OnNative(native => native.SetTitle(value));
        }
    }

    /// <summary>The size of the content, in device-independent pixels.</summary>
    public WindowSize Size
    {
        get => _size;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value.Width, 1, nameof(value));
            ArgumentOutOfRangeException.ThrowIfLessThan(value.Height, 1, nameof(value));
            OnNative(native => native.SetSize(value));
        }
    }

    /// <summary>How the window fills the screen. What the window manager makes of a wish is told by <see cref="StateChanged"/>.</summary>
    public WindowState State
    {
        get => _state;
        set => OnNative(native => native.SetState(value));
    }

    /// <summary>The platform's handle (X11: the XID), or 0 where there is none. UI thread.</summary>
    public nint Handle
    {
        get
        {
            _app.Dispatcher.VerifyAccess();
            return _native?.Handle ?? 0;
        }
    }

    /// <summary>Shows the window even if its page has not painted.</summary>
    public void Show() => OnNative(static native => native.Show());

    /// <summary>Hides the window; its page goes on.</summary>
    public void Hide() => OnNative(static native => native.Hide());

    /// <summary>Brings the window to the front and gives it the focus.</summary>
    public void Focus() => OnNative(static native => native.Focus());

    /// <summary>Closes the window, as the user would: <see cref="Closing"/> can refuse.</summary>
    public void Close() => OnNative(static native => native.Close());

    /// <summary>Emits an event to this window's page; waits while the page is behind.</summary>
    /// <remarks>When there is no document with a bridge, or one that may not hear the event, it is dropped: nobody could listen for it.</remarks>
    /// <param name="name">The event's name.</param>
    /// <param name="data">One JSON value in UTF-8 without line feeds.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="IpcException"><see cref="IpcErrorCode.Busy"/>: more than a thousand emits that nobody awaits are waiting already.</exception>
    [OverloadResolutionPriority(1)]
    public async ValueTask EmitAsync(string name, ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        EventName.Check(name);
        using var line = BridgeChannel.WriteLine(IpcMessage.Event(name, data));
        await _page.SendEventAsync(name, line.Memory, isBroadcast: false, isAlways: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Emits an event whose data is of a type that Oriel's generator sees to this window's page; waits while the page is behind.</summary>
    public ValueTask EmitAsync<[BridgeType] T>(string name, T data, CancellationToken cancellationToken = default) => EmitAsync(name, data, _app.Json.Get<T>(), cancellationToken);

    /// <summary>Emits an event to this window's page; waits while the page is behind.</summary>
    public async ValueTask EmitAsync<T>(string name, T data, JsonTypeInfo<T> type, CancellationToken cancellationToken = default)
    {
        using var json = EventHub.Serialize(data, type);
        await EmitAsync(name, json.Memory, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends an event that goes to all windows, written already.</summary>
    internal ValueTask SendBroadcastAsync(string name, ReadOnlyMemory<byte> line, CancellationToken cancellationToken) =>
        _page.SendEventAsync(name, line, isBroadcast: true, isAlways: false, cancellationToken);

    /// <summary>Emits an event however many wait for the page already. The caller bounds how many of these there are.</summary>
    internal async ValueTask EmitAlwaysAsync(string name, ReadOnlyMemory<byte> data)
    {
        using var line = BridgeChannel.WriteLine(IpcMessage.Event(name, data));
        await _page.SendEventAsync(name, line.Memory, isBroadcast: false, isAlways: true, CancellationToken.None).ConfigureAwait(false);
    }

    internal void Create(IEngine engine, Window? related)
    {
        var address = _page.Resolve(_options.Url);
        _page.Expect(address);
        _native = engine.CreateWindow(
            new EngineWindowOptions
            {
                Address = address,
                Title = _options.Title,
                Size = _size,
                MinimumSize = _options.MinimumSize,
                IsResizable = _options.IsResizable,
                IsDecorated = _options.IsDecorated,
                BackgroundColor = _options.BackgroundColor,
                ShowsItself = _options.ShowsItself,
                DevTools = _options.DevTools ?? _app.Options.IsDevelopment,
                IsolatedScript = BridgeScripts.Isolated,
                PageScript = BridgeScripts.Client,
                BridgeOrigins = _page.BridgeOrigins,
                Related = _options.OwnProcess ? null : related?._native,
            },
            new Handler(this));
    }

    internal IEngineWindow? Native => _native;

    internal OrielApp App => _app;

    internal StateRegistry States { get; }

    /// <summary>Which of <see cref="OrielApp.Origins"/> the window belongs to, for its life; null for the app's own.</summary>
    internal AppOrigin? Home { get; }

    internal bool SharesProcess => !_options.OwnProcess;

    internal void AnnounceEvents() => _page.AnnounceEvents();

    internal Oriel.Protocols.ProtocolResponse OpenDown(string documentId, string? origin) => _page.OpenDown(documentId, origin);

    internal BodyTable? FindBodies(ReadOnlySpan<char> token) => _page.FindBodies(token);

    internal Oriel.Security.RefusalLog RefusedRequests => _page.RefusedRequests;

    internal bool IsFromDocument(Oriel.Protocols.ProtocolRequest request) => _page.IsFromDocument(request);

    /// <summary>Whether a request comes from a page of the application.</summary>
    internal bool IsFromApp(Oriel.Protocols.ProtocolRequest request) => _page.IsFromApp(request);

    internal void PostLines(ReadOnlySpan<byte> lines)
    {
        if (_native is { } native && !IsClosed)
        {
            native.WebView.Post(lines);
        }
    }

    internal void DisposeNative() => _native?.Dispose();

    // On the UI thread a failure reaches the caller; from elsewhere it is logged, as nobody waits for it.
    private void OnNative(Action<IEngineWindow> action)
    {
        if (_app.Dispatcher.CheckAccess())
        {
            Act();
        }
        else
        {
            _app.Dispatcher.Post(Act);
        }

        void Act()
        {
            if (_native is { } native && !IsClosed)
            {
                action(native);
            }
        }
    }

    private Task<T> OnWebView<T>(Func<IEngineWebView, Task<T>> function) => _app.Dispatcher.InvokeAsync(() =>
        _native is { } native && !IsClosed
            ? function(native.WebView)
            : Task.FromException<T>(new InvalidOperationException($"Window {Id} is closed.")));

    // The user's handlers never run inside the engine's own callback: the engine is told to wait, and asked again when they agree.
    private bool MayCloseNow()
    {
        if (_isCloseApproved || Closing is null)
        {
            return true;
        }

        _app.Dispatcher.Post(() =>
        {
            var arguments = new WindowClosingEventArgs();
            try
            {
                Closing?.Invoke(this, arguments);
            }
            catch (Exception exception)
            {
                // A window whose handler is broken must not be one that can never be closed.
                _app.Log.Value.UIWorkFailed(exception);
            }

            if (!arguments.Cancel && !IsClosed)
            {
                _isCloseApproved = true;
                _native?.Close();
            }
        });
        return false;
    }

    private void HandleClosed()
    {
        IsClosed = true;
        _page.End();
        _app.Dispatcher.Post(() =>
        {
            _native?.Dispose();
            _native = null;
            Closed?.Invoke(this, EventArgs.Empty);
            _app.HandleClosed(this);
        });
    }
}
