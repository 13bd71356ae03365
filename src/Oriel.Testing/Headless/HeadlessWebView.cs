using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Oriel.Engines;
using Oriel.Protocols;
using Oriel.Security;

namespace Oriel.Testing;

/// <summary>Loads documents and keeps their history. UI thread, but for what a page calls.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A cancelled load owns nothing.")]
internal sealed partial class HeadlessWebView : IEngineWebView
{
    private const int MaxDocument = 64 * 1024 * 1024;

    private readonly HeadlessEngine _engine;
    private readonly IEngineWindowHandler _handler;
    private readonly HashSet<string> _bridgeOrigins;
    private readonly Action _onPainted;
    private readonly List<string> _history = [];
    private int _position = -1;
    private CancellationTokenSource _load = new();
    private volatile HeadlessPage? _page;
    private readonly PagePromise _first = new();
    private bool _isClosed;

    public HeadlessWebView(HeadlessEngine engine, EngineWindowOptions options, IEngineWindowHandler handler, Action onPainted)
    {
        _engine = engine;
        _handler = handler;
        _onPainted = onPainted;
        _bridgeOrigins = new HashSet<string>(options.BridgeOrigins, StringComparer.Ordinal);
    }

    public string Address => _page?.Address ?? "";

    public HeadlessEngine Engine => _engine;

    /// <summary>The document that the window shows; null until the first has arrived.</summary>
    public HeadlessPage? Page => _page;

    /// <summary>The first document, once it has been loaded.</summary>
    public Task<HeadlessPage> First => _first.Page;

    public void Navigate(string address) => Navigate(address, isUserGesture: false);

    public void Reload()
    {
        if (_position >= 0)
        {
            BeginLoad(_history[_position], isUserGesture: false, static () => { });
        }
    }

    public void GoBack() => Go(-1);

    public void GoForward() => Go(1);

    public Task<string> EvaluateAsync(string body) => Task.FromException<string>(_engine.NotSupported("running JavaScript in the page"));

    public void Post(ReadOnlySpan<byte> lines) => _page?.Relay?.ReceivePosted(lines.ToArray());

    public void AddBridgeOrigin(string origin) => _bridgeOrigins.Add(origin);

    public Task<byte[]> SnapshotAsync() => Task.FromException<byte[]>(_engine.NotSupported("taking a picture of the page"));

    public void ShowDevTools() => throw _engine.NotSupported("showing developer tools");

    /// <summary>The window is gone, and with it its document.</summary>
    public void Close()
    {
        _isClosed = true;
        _load.Cancel();
        Coming.Close(new InvalidOperationException("The window is closed."));
        _page?.End();
    }

    /// <summary>A page wants to go to an address, as by a link or a script. From any thread.</summary>
    public void NavigateFrom(HeadlessPage page, string address, bool isUserGesture) => _engine.Dispatcher.Post(() =>
    {
        if (IsCurrent(page))
        {
            Navigate(address, isUserGesture);
        }
    });

    /// <summary>A page moves in the history. From any thread.</summary>
    public void GoFrom(HeadlessPage page, int steps) => _engine.Dispatcher.Post(() =>
    {
        if (!IsCurrent(page))
        {
            return;
        }

        if (steps == 0)
        {
            Reload();
        }
        else
        {
            Go(steps);
        }
    });

    /// <summary>A page wants a window. From any thread.</summary>
    public void OpenFrom(HeadlessPage page, string address, bool isUserGesture) => _engine.Dispatcher.Post(() =>
    {
        if (IsCurrent(page))
        {
            _handler.OnNewWindow(address, isUserGesture);
        }
    });

    /// <summary>A page's title is another. From any thread.</summary>
    public void TellTitle(HeadlessPage page, string title) => _engine.Dispatcher.Post(() =>
    {
        if (IsCurrent(page))
        {
            _handler.OnTitleChanged(title);
        }
    });

    /// <summary>The web process of a page ends. From any thread.</summary>
    public void Crash(HeadlessPage page, string reason) => _engine.Dispatcher.Post(() =>
    {
        if (IsCurrent(page))
        {
            page.End();
            _handler.OnProcessFailed(reason);
        }
    });

    /// <summary>The isolated script of a page posts a message. From any thread.</summary>
    public Task<string> PostMessageAsync(HeadlessPage page, byte[] message)
    {
        var reply = new HeadlessReply();
        _engine.Dispatcher.Post(() =>
        {
            if (!IsCurrent(page))
            {
                reply.Fail(HeadlessPage.Gone());
                return;
            }

            _handler.OnMessage(message, reply);

            // Valid during the call: whoever kept it reads rubbish.
            Array.Fill(message, (byte)'?');
        });
        return reply.Returned;
    }

    /// <summary>Asks for a resource. From any thread; ends with the head of the answer.</summary>
    /// <exception cref="HttpRequestException">Nothing serves the address's scheme, or it is no address.</exception>
    public async Task<ProtocolResponse> RequestAsync(string address, string method, IReadOnlyDictionary<string, string> headers, Stream body, CancellationToken cancellationToken)
    {
        // As it stands: the path reaches the application as the page wrote it. A fragment stays with the page.
        var end = address.IndexOf('#');
        if (!Uri.TryCreate(end < 0 ? address : address[..end], new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }, out var uri) || !_engine.Serves(uri.Scheme))
        {
            throw new HttpRequestException($"Nothing serves \"{address}\".");
        }

        var request = new ProtocolRequest { Address = uri, Method = method, Headers = headers, Body = body, CancellationToken = cancellationToken };
        var responder = new HeadlessResponder();
        _engine.Dispatcher.Post(() =>
        {
            try
            {
                _handler.OnRequest(request, responder);
            }
            catch (Exception exception)
            {
                _engine.ReportError(exception);
                responder.Respond(ProtocolResponse.Error(500, "The request failed."));
            }
        });
        return await responder.Response.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private PagePromise Coming => _page?.Next ?? _first;

    private bool IsCurrent(HeadlessPage page) => !_isClosed && page == _page && !page.IsEnded;

    private void Navigate(string address, bool isUserGesture) => BeginLoad(address, isUserGesture, () =>
    {
        _history.RemoveRange(_position + 1, _history.Count - _position - 1);
        _history.Add(address);
        _position++;
    });

    private void Go(int steps)
    {
        var position = _position + steps;
        if (position >= 0 && position < _history.Count)
        {
            BeginLoad(_history[position], isUserGesture: false, () => _position = position);
        }
    }

    private void BeginLoad(string address, bool isUserGesture, Action remember)
    {
        if (_isClosed)
        {
            return;
        }

        Coming.Renew();
        _load.Cancel();
        _load = new CancellationTokenSource();
        var cancellation = _load.Token;

        // In a turn of its own, as engines do: whoever navigates is not called back from inside of it.
        _engine.Dispatcher.Post(() =>
        {
            if (cancellation.IsCancellationRequested)
            {
                return;
            }

            if (!_handler.OnNavigating(new NavigationRequest(address, IsTopFrame: true, isUserGesture)))
            {
                Coming.Fail(new InvalidOperationException($"The window may not go to {address}."));
                return;
            }

            _ = LoadAsync(address, remember, cancellation);
        });
    }

    // On the UI thread throughout: awaiting returns to it.
    private async Task LoadAsync(string address, Action remember, CancellationToken cancellationToken)
    {
        try
        {
            var response = address == "about:blank"
                ? ProtocolResponse.Text("", "text/html; charset=utf-8")
                : await RequestAsync(address, "GET", new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase), Stream.Null, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();

            var page = Commit(address, remember);
            var text = await ReadAsync(response, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();

            if (response.ContentType.StartsWith("text/html", StringComparison.Ordinal) && Title().Match(text) is { Success: true } title)
            {
                page.SetTitle(WebUtility.HtmlDecode(title.Groups[1].Value).Trim());
            }

            _handler.OnLoadFinished(address, null);
            _onPainted();
            page.CompleteLoad(response.Status);
        }
        catch (OperationCanceledException)
        {
            // Another load has taken the place of this one, or the window is closed.
        }
        catch (Exception exception)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                _handler.OnLoadFinished(address, exception.Message);
                Coming.Fail(new InvalidOperationException($"{address} could not be loaded: {exception.Message}", exception));
            }
        }
    }

    private HeadlessPage Commit(string address, Action remember)
    {
        remember();

        var before = _page;
        var origin = Origin.Of(address);
        var page = new HeadlessPage(this, address, origin, hasBridge: origin is not null && _bridgeOrigins.Contains(origin));
        _page = page;
        before?.End();

        _handler.OnDocumentCommitted(address);
        page.Begin();

        (before?.Next ?? _first).Keep(page);
        return page;
    }

    private static async Task<string> ReadAsync(ProtocolResponse response, CancellationToken cancellationToken)
    {
        if (response.Stream is not { } stream)
        {
            return Encoding.UTF8.GetString(response.Bytes.Span);
        }

        await using (stream)
        {
            var bytes = new MemoryStream();
            var buffer = new byte[16 * 1024];
            int count;
            while (bytes.Length < MaxDocument && (count = await stream.ReadAsync(buffer, cancellationToken)) > 0)
            {
                bytes.Write(buffer, 0, count);
            }

            return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
    }

    [GeneratedRegex("<title[^>]*>(.*?)</title>", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Title();
}
