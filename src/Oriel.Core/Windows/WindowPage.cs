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
    private readonly HashSet<string> _granted = new(StringComparer.Ordinal) { BridgeAddress.Origin };
    private volatile BridgeSession? _session;
    private TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _stamp = [];
    private string? _expected;

    public WindowPage(OrielApp app, Window window, IEnumerable<string> allowedOrigins)
    {
        _app = app;
        _window = window;
        _allowed = new HashSet<string>(allowedOrigins.Select(static origin => Origin.Of(origin) ?? throw new ArgumentException($"\"{origin}\" is not an origin. Write it as https://example.org.")), StringComparer.Ordinal);
    }

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

    /// <summary>The absolute address of what a window is told to load.</summary>
    public static string Resolve(string url)
    {
        // "index.html" and "/a/b" are the app's; whatever has a scheme stands for itself.
        var colon = url.IndexOf(':');
        var isAbsolute = colon > 0 && Uri.CheckSchemeName(url[..colon]);
        return isAbsolute ? url : $"{BridgeAddress.Origin}/{url.TrimStart('/')}";
    }

    /// <summary>Grants the bridge to the origin of an address.</summary>
    public void Grant(string address)
    {
        var origin = Origin.Of(address) ?? throw new ArgumentException($"\"{address}\" has no origin that a bridge could be granted to.", nameof(address));
        lock (_gate)
        {
            _granted.Add(origin);
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

        if (IsExpected(request.Address))
        {
            return true;
        }

        if (Origin.Of(request.Address) is { } origin && (_allowed.Contains(origin) || IsGranted(origin)))
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

        _app.Log.Value.NavigationRefused(_window.Id, Origin.Of(address) ?? "(no origin)");
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

        if (!IsGranted(origin))
        {
            _app.Log.Value.OriginRefused(_window.Id, origin, $"window.LoadUrl(\"{origin}\", bridge: true)");
            Refuse(reply, new IpcError(IpcErrorCode.Denied, "This origin has no bridge."));
            return;
        }

        if (!TryReadReady(lines, out var isPosted))
        {
            // A document that is gone already, or that never introduced itself.
            Refuse(reply, new IpcError(IpcErrorCode.Denied, "The document has no bridge."));
            return;
        }

        Begin(documentId, origin).Welcome(isPosted, reply);
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
        return request.Header("Origin") is { } origin ? origin == own : request.Header("Referer") is not { } referer || Origin.Of(referer) == own;
    }

    /// <summary>The bytes of the document with this token; null when it is another's.</summary>
    public BodyTable? FindBodies(ReadOnlySpan<char> token) => _session is { } session && session.Bodies.IsToken(token) ? session.Bodies : null;

    public async ValueTask SendAsync(ReadOnlyMemory<byte> line, bool isAlways, CancellationToken cancellationToken)
    {
        if (_session is not { } session)
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

    private BridgeSession Begin(string documentId, string origin)
    {
        _session?.End();
        var session = new BridgeSession(_app, _window, documentId, origin);
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

    private bool IsGranted(string origin)
    {
        lock (_gate)
        {
            return _granted.Contains(origin);
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
