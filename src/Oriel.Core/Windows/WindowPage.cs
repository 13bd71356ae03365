using Oriel.Engines;
using Oriel.Ipc;
using Oriel.Protocols;
using Oriel.Security;

namespace Oriel;

/// <summary>The document of a window: who may call, where it may go, and its bridge while it lasts.</summary>
/// <remarks>UI thread, but for sending.</remarks>
internal sealed class WindowPage
{
    private readonly OrielApp _app;
    private readonly Window _window;
    private readonly HashSet<string> _allowed;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _loadedWithBridge = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DocumentRights> _rights = new(StringComparer.Ordinal);
    private readonly RefusalLog _refusedNavigations = new();
    private readonly RefusalLog _refusedPosts = new();
    private readonly string? _name;
    private readonly string[]? _list;
    private volatile BridgeSession? _session;
    private TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _stamp = [];
    private string? _expected;

    /// <exception cref="ArgumentException">The window's name, a capability of its list, or an allowed origin does not fit.</exception>
    public WindowPage(OrielApp app, Window window, WindowOptions options)
    {
        _app = app;
        _window = window;
        _name = options.Name;
        _list = options.Capabilities?.ToArray();

        if (_name is not null)
        {
            CapabilityNames.CheckWindow(_name);
        }

        if (_list?.FirstOrDefault(name => !app.Capabilities.IsDefined(name)) is { } unknown)
        {
            throw new ArgumentException($"The window's capability \"{unknown}\" is not defined. Define it before the application is built: builder.Capabilities.Define(\"{unknown}\", ...).", nameof(options));
        }

        _allowed = new HashSet<string>(options.AllowedOrigins.Select(static origin => Origin.Of(origin) ?? throw new ArgumentException($"\"{origin}\" is not an origin. Write it as https://example.org.")), StringComparer.Ordinal);
    }

    /// <summary>What is logged of the requests that its documents may not make.</summary>
    public RefusalLog RefusedRequests { get; } = new();

    public Task Ready
    {
        get
        {
            lock (_gate)
            {
                return _ready.Task;
            }
        }
    }

    /// <summary>The origins whose documents can have a bridge when the window is created.</summary>
    public IReadOnlyList<string> BridgeOrigins => [.. _app.Capabilities.OriginsIn(_name).Prepend(BridgeAddress.Origin).Where(MayShow)];

    /// <summary>The absolute address of what the window is told to load.</summary>
    public string Resolve(string url)
    {
        // "index.html" and "/a/b" are the app's; whatever has a scheme stands for itself.
        var colon = url.IndexOf(':');
        var isAbsolute = colon > 0 && Uri.CheckSchemeName(url[..colon]);
        return isAbsolute ? url : $"{_window.Home?.Origin ?? BridgeAddress.Origin}/{url.TrimStart('/')}";
    }

    /// <exception cref="ArgumentException">The address belongs to another of the application's own origins.</exception>
    public void CheckHome(string address)
    {
        if (Origin.Of(address) is { } origin && !MayShow(origin))
        {
            throw new ArgumentException($"Window {_window.Id} cannot show {origin}: it belongs to {_window.Home?.Origin ?? BridgeAddress.Origin}, and origins of different trust share no window. Create a window with that Url.", nameof(address));
        }
    }

    /// <summary>Grants the bridge to the origin of an address.</summary>
    public void Grant(string address)
    {
        var origin = Origin.Of(address) ?? throw new ArgumentException($"\"{address}\" has no origin that a bridge could be granted to.", nameof(address));
        if (_app.Origins.Find(origin) is not null)
        {
            throw new ArgumentException($"{origin} gets a bridge by capabilities alone: builder.Capabilities.GrantTo(\"{origin}\", window: ..., \"...\").", nameof(address));
        }

        lock (_gate)
        {
            if (_loadedWithBridge.Add(origin))
            {
                _rights.Remove(origin);
            }
        }
    }

    /// <summary>The host's own code wants the window to go there, and to stay with that origin.</summary>
    public void Expect(string address)
    {
        _expected = address;

        if (Origin.Of(address) is { } origin)
        {
            _allowed.Add(origin);
        }
    }

    public bool Allows(NavigationRequest request)
    {
        if (!request.IsTopFrame)
        {
            // What a frame shows can call nothing. The page's CSP says which frames it may have.
            return true;
        }

        var origin = Origin.Of(request.Address);
        if (origin is not null && !MayShow(origin))
        {
            if (_refusedNavigations.MayLog(origin))
            {
                _app.Log.Value.NavigationToOtherTrustRefused(_window.Id, origin);
            }

            return false;
        }

        if (IsExpected(request.Address))
        {
            return true;
        }

        if (origin is not null && (origin == BridgeAddress.Origin || _allowed.Contains(origin) || IsLoadedWithBridge(origin)))
        {
            return true;
        }

        OpenOutside(request.Address, request.IsUserGesture);
        return false;
    }

    /// <summary>Opens what the window does not show in the system's browser, when the user asked for it.</summary>
    public void OpenOutside(string address, bool isUserGesture)
    {
        var isLink = Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto";
        if (isLink && isUserGesture)
        {
            _app.Log.Value.OpenedOutside(_window.Id, Origin.Of(address) ?? uri!.Scheme);
            _app.Dispatcher.Post(() => _app.Engine.OpenExternal(uri!));
            return;
        }

        var origin = Origin.Of(address) ?? "(no origin)";
        if (_refusedNavigations.MayLog(origin))
        {
            _app.Log.Value.NavigationRefused(_window.Id, origin);
        }
    }

    public void Receive(ReadOnlyMemory<byte> message, IEngineReply reply)
    {
        if (_session is { } session && BridgePost.IsFrom(message.Span, _stamp))
        {
            var posted = message[_stamp.Length..];
            if (session.AwaitsReader && TryReadReady(posted, out var wantsPosts) && wantsPosts)
            {
                session.Welcome(isPosted: true, reply);
                return;
            }

            session.Receive(posted, reply);
            return;
        }

        if (!BridgePost.TryRead(message, out var documentId, out var origin, out var lines))
        {
            Refuse(reply, new IpcError(IpcErrorCode.InvalidRequest, "The message has no stamp."));
            return;
        }

        if (RightsOf(origin) is not { } rights)
        {
            if (_refusedPosts.MayLog(origin))
            {
                var grant = $"builder.Capabilities.GrantTo(\"{origin}\", {(_name is null ? "null" : $"\"{_name}\"")}, ...)";
                _app.Log.Value.OriginRefused(_window.Id, origin, MayShow(origin) ? $"window.LoadUrl(\"{origin}\", bridge: true), or for less {grant}" : "it needs a window of its own, which begins with its address");
            }

            Refuse(reply, new IpcError(IpcErrorCode.Denied, "This origin has no bridge."));
            return;
        }

        if (!TryReadReady(lines, out var isPosted))
        {
            // A document that is gone already, or that never introduced itself.
            Refuse(reply, new IpcError(IpcErrorCode.Denied, "The document has no bridge."));
            return;
        }

        Begin(documentId, origin, rights).Welcome(isPosted, reply);
        _window.RaiseDocumentReady();
    }

    /// <summary>Another document has taken the place of the one before.</summary>
    public void Commit()
    {
        _expected = null;
        End();
    }

    public void End()
    {
        var session = _session;
        lock (_gate)
        {
            _session = null;
            _stamp = [];

            if (_ready.Task.IsCompleted)
            {
                _ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            if (_window.IsClosed)
            {
                _ready.TrySetException(new InvalidOperationException($"Window {_window.Id} is closed."));
                _ = _ready.Task.Exception;
            }
        }

        session?.End();
    }

    /// <summary>Answers the isolated script's request for the stream of messages to its document.</summary>
    public ProtocolResponse OpenDown(string documentId, string? origin)
    {
        var session = _session;
        if (session is null || session.DocumentId != documentId || !session.AwaitsReader || (origin is not null && origin != session.Origin))
        {
            return ProtocolResponse.Error(404, "There is no such document.");
        }

        if (!_app.Engine.Features.HasFlag(EngineFeatures.StreamedResponses))
        {
            // The page asks for posts then.
            return ProtocolResponse.Error(404, "The engine takes whole responses, and this one has no end.");
        }

        return new ProtocolResponse { ContentType = "application/octet-stream", Stream = new PrefixedStream("\n"u8.ToArray(), session.OpenDown()) };
    }

    /// <summary>Whether a request comes from the origin of the document, as far as it says where it comes from.</summary>
    public bool IsFromDocument(ProtocolRequest request)
    {
        var own = _session?.Origin ?? BridgeAddress.Origin;
        return SourceOf(request, own) == own;
    }

    /// <summary>Whether a request comes from a page of the application: what a document of another origin was granted is commands, and nothing that is served.</summary>
    public bool IsFromApp(ProtocolRequest request) => SourceOf(request, _session?.Origin ?? BridgeAddress.Origin) == BridgeAddress.Origin;

    // A request that says nothing of where it comes from counts as the document's.
    private static string? SourceOf(ProtocolRequest request, string document) =>
        request.Header("Origin") ?? (request.Header("Referer") is { } referer ? Origin.Of(referer) : document);

    /// <summary>The bytes of the document with this token; null when it is another's.</summary>
    public BodyTable? FindBodies(ReadOnlySpan<char> token) => _session is { } session && session.Bodies.IsToken(token) ? session.Bodies : null;

    /// <summary>Sends an event that is written already, when there is a document that may hear it.</summary>
    public async ValueTask SendEventAsync(string name, ReadOnlyMemory<byte> line, bool isBroadcast, bool isAlways, CancellationToken cancellationToken)
    {
        if (_session is not { } session)
        {
            return;
        }

        // That not every document hears what goes to all is no mistake; that the one it was meant for does not may be one.
        if (isBroadcast ? !session.Rights.AllowsEvent(name) : session.Rights.RefusalOfEvent(name) is not null)
        {
            return;
        }

        try
        {
            await session.SendAsync(line.Span, isAlways, cancellationToken).ConfigureAwait(false);
        }
        catch (IpcException exception) when (exception.Code == IpcErrorCode.Disconnected)
        {
            // The document went while the line waited, and its listeners with it.
        }
    }

    public void AnnounceEvents()
    {
        if (_session is { } session)
        {
            _ = session.AnnounceEventsAsync();
        }
    }

    private BridgeSession Begin(string documentId, string origin, DocumentRights rights)
    {
        _session?.End();
        var session = new BridgeSession(_app, _window, documentId, origin, rights);
        lock (_gate)
        {
            _stamp = BridgePost.StampOf(documentId, origin);
            _session = session;
            _ready.TrySetResult();
        }

        return session;
    }

    // Compared as addresses: an engine writes http://example.org with the slash that the host left out.
    private bool IsExpected(string address) =>
        _expected is { } expected && (address == expected || (Uri.TryCreate(address, UriKind.Absolute, out var uri) && Uri.TryCreate(expected, UriKind.Absolute, out var host) && uri == host));

    private bool IsLoadedWithBridge(string origin)
    {
        lock (_gate)
        {
            return _loadedWithBridge.Contains(origin);
        }
    }

    // Of the application's own origins a window shows one: another would share its process.
    private bool MayShow(string origin) =>
        _window.Home is { } home
            ? origin == home.Origin || (origin != BridgeAddress.Origin && _app.Origins.Find(origin) is null)
            : _app.Origins.Find(origin) is null;

    private DocumentRights? RightsOf(string origin)
    {
        lock (_gate)
        {
            // An origin without rights is not kept: what a page stamps must not fill the table.
            if (!_rights.TryGetValue(origin, out var rights) && MayShow(origin) && _app.Capabilities.Resolve(origin, _name, _list, _loadedWithBridge.Contains(origin)) is { } reach)
            {
                rights = new DocumentRights(reach, refusal => Tell(origin, refusal));
                _rights.Add(origin, rights);
            }

            return rights;
        }
    }

    private void Tell(string origin, CapabilityRefusal refusal)
    {
        _app.Log.Value.CapabilityMissing(_window.Id, origin, refusal.Subject, refusal.Remedy(_app.Capabilities, origin, _name, _list is not null));
        if (refusal.IsLast)
        {
            _app.Log.Value.CapabilityLogFull(_window.Id, origin);
        }
    }

    private bool TryReadReady(ReadOnlyMemory<byte> lines, out bool isPosted)
    {
        isPosted = false;
        if (!EnvelopeReader.TryRead(lines, _app.Options.Limits, out var message, out _) || message.Kind != IpcMessageKind.Ready)
        {
            return false;
        }

        isPosted = message.Data.Span.SequenceEqual("{\"down\":\"post\"}"u8);
        return true;
    }

    private static void Refuse(IEngineReply reply, IpcError error) => reply.Return(BridgePost.RefusalOf(error));
}
