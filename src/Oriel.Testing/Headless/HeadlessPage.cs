using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Oriel.Ipc;
using Oriel.Protocols;

namespace Oriel.Testing;

/// <summary>A document in a window of a <see cref="HeadlessEngine"/>: by it a test does what a page's script would.</summary>
/// <remarks>
/// Members may be used from any thread. What they begin runs on the page's own thread, a turn at a time, in the order in which it was
/// begun; handlers of events are called there. A page ends when another takes its place in the window (<see cref="NextPageAsync"/>), and
/// with the window: what is under way then fails with <see cref="IpcErrorCode.Disconnected"/>.
/// </remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "Cancelled when the document ends; it has no timer and no handle.")]
public sealed class HeadlessPage
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    private readonly HeadlessWebView _view;
    private readonly PageThread _thread;
    private readonly PageClient _client;
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _title = "";

    internal HeadlessPage(HeadlessWebView view, string address, string? origin, bool hasBridge)
    {
        _view = view;
        _thread = new PageThread(view.Engine.ReportError);
        _client = new PageClient(view.Engine.ReportError);
        Address = address;
        Origin = origin;

        if (hasBridge)
        {
            Relay = new PageRelay(_thread, origin!, message => view.PostMessageAsync(this, message), OpenDownAsync, _client);
            _client.Send = Relay.Take;
        }
    }

    /// <summary>The document's address.</summary>
    public string Address { get; }

    /// <summary>The document's origin, such as <c>oriel://app</c>; null when it has none that is its own.</summary>
    public string? Origin { get; }

    /// <summary>The HTTP status that the document came with.</summary>
    public int Status { get; private set; }

    /// <summary>Whether the document has a bridge: whether its origin was granted one when it was loaded.</summary>
    public bool HasBridge => Relay is not null;

    /// <summary>Completes when the application has accepted the document; never for one without a bridge.</summary>
    public Task Ready => _client.Ready;

    /// <summary>Whether the document is gone.</summary>
    public bool IsEnded => _ended.IsCancellationRequested;

    /// <summary>The document's title, as its HTML has it and its script sets it.</summary>
    public string Title
    {
        get => Volatile.Read(ref _title);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            SetTitle(value);
        }
    }

    /// <summary>What has arrived from the application and was not handled yet, in bytes; grows while the page does not read.</summary>
    public long UnreadBytes => Relay?.UnreadBytes ?? 0;

    /// <summary>What stands in front of every post of this document: its id and its origin.</summary>
    /// <exception cref="InvalidOperationException">The document has no bridge.</exception>
    public string Stamp => BridgeRelay.Stamp;

    internal PageRelay? Relay { get; }

    internal PagePromise Next { get; } = new();

    private PageRelay BridgeRelay => Relay ?? throw new InvalidOperationException($"{Address} has no bridge.");

    /// <summary>Calls a command, as <c>oriel.invoke</c> does.</summary>
    /// <param name="name">The command's name.</param>
    /// <param name="arguments">The arguments as JSON; null for none.</param>
    /// <param name="timeout">How long to wait; 30 s by default.</param>
    /// <param name="cancellationToken">Cancels the call, in the application too.</param>
    /// <returns>The answer as JSON, letter by letter as the application wrote it.</returns>
    /// <exception cref="IpcException">The call failed: its <see cref="IpcException.Error"/> has the code, and the data.</exception>
    public async Task<string> InvokeAsync(string name, string? arguments = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        cancellationToken.ThrowIfCancellationRequested();

        var call = new PageCall();
        var id = "";
        _thread.Run(() => id = Begin(name, arguments, 0, call));
        try
        {
            return await call.Answer.WaitAsync(timeout ?? DefaultTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new IpcException(IpcErrorCode.Timeout, $"\"{name}\" did not answer within {timeout ?? DefaultTimeout}.");
        }
        finally
        {
            // Nothing to do when it was answered.
            _thread.Run(() => _client.Cancel(id));
        }
    }

    /// <summary>Calls a command with arguments and an answer of a type.</summary>
    /// <inheritdoc cref="InvokeAsync(string, string?, TimeSpan?, CancellationToken)" path="/exception"/>
    public async Task<TOut?> InvokeAsync<TIn, TOut>(
        string name, TIn arguments, JsonTypeInfo<TIn> input, JsonTypeInfo<TOut> output, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        JsonSerializer.Deserialize(await InvokeAsync(name, JsonSerializer.Serialize(arguments, input), timeout, cancellationToken).ConfigureAwait(false), output);

    /// <summary>Calls a command without arguments whose answer is of a type.</summary>
    /// <inheritdoc cref="InvokeAsync(string, string?, TimeSpan?, CancellationToken)" path="/exception"/>
    public async Task<TOut?> InvokeAsync<TOut>(string name, JsonTypeInfo<TOut> output, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        JsonSerializer.Deserialize(await InvokeAsync(name, (string?)null, timeout, cancellationToken).ConfigureAwait(false), output);

    /// <summary>Calls a command whose answer is a stream, as <c>oriel.stream</c> does. Leaving the loop cancels it.</summary>
    /// <param name="name">The command's name.</param>
    /// <param name="arguments">The arguments as JSON; null for none.</param>
    /// <param name="credit">How many items the application may send ahead of the loop, 1 to 1,024.</param>
    /// <param name="cancellationToken">Ends the stream, in the application too.</param>
    /// <returns>The items as JSON.</returns>
    /// <exception cref="IpcException">The command failed.</exception>
    public async IAsyncEnumerable<string> StreamAsync(
        string name, string? arguments = null, int credit = 32, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(credit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(credit, IpcPeer.MaxCredit);

        var stream = new PageStream();
        var id = "";
        _thread.Run(() => id = Begin(name, arguments, credit, stream));
        try
        {
            // Renewed by halves, as the page's client does.
            var renewal = Math.Max(1, credit / 2);
            var consumed = 0;
            await foreach (var item in stream.Items.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return item;

                if (++consumed == renewal)
                {
                    consumed = 0;
                    _thread.Run(() => _client.Grant(id, renewal));
                }
            }
        }
        finally
        {
            _thread.Run(() => _client.Cancel(id));
        }
    }

    /// <summary>Calls a command whose answer is a stream of items of a type.</summary>
    /// <inheritdoc cref="StreamAsync(string, string?, int, CancellationToken)" path="/exception"/>
    public async IAsyncEnumerable<TItem?> StreamAsync<TItem>(
        string name, string? arguments, JsonTypeInfo<TItem> item, int credit = 32, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var json in StreamAsync(name, arguments, credit, cancellationToken).ConfigureAwait(false))
        {
            yield return JsonSerializer.Deserialize(json, item);
        }
    }

    /// <summary>Emits an event to the application, as <c>oriel.emit</c> does; completes when it was accepted.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="data">The data as JSON; null for none.</param>
    /// <exception cref="ArgumentException">Browsers have an event of that name.</exception>
    /// <exception cref="IpcException">The event was refused.</exception>
    public Task EmitAsync(string name, string? data = null)
    {
        EventName.Check(name);

        var accepted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _thread.Run(() =>
        {
            try
            {
                _client.Emit(name, OneLine(data), accepted);
            }
            catch (Exception exception)
            {
                accepted.TrySetException(exception);
            }
        });
        return accepted.Task;
    }

    /// <summary>Emits an event with data of a type.</summary>
    /// <inheritdoc cref="EmitAsync(string, string?)" path="/exception"/>
    public Task EmitAsync<T>(string name, T data, JsonTypeInfo<T> type) => EmitAsync(name, JsonSerializer.Serialize(data, type));

    /// <summary>Dispatches a DOM event on the page's window: its listeners get it, and the application where it listens for the name.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="detail">Its <c>detail</c> as JSON; null for none.</param>
    public void DispatchEvent(string name, string? detail = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _thread.Run(() => _client.Dispatch(name, OneLine(detail)));
    }

    /// <summary>Hears of the states that the page follows by calling <c>oriel.state.open</c>; dispose the result to stop.</summary>
    /// <param name="handler">Gets each change as JSON: <c>{key, version, value}</c> or <c>{key, version, from, patch}</c>. On the page's thread.</param>
    public IDisposable OnStateChange(Action<string> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return _client.On("oriel:state", handler);
    }

    /// <summary>Listens for an event of the application, from now on.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="handler">Gets the data as JSON, on the page's thread: while it runs the page handles nothing else.</param>
    /// <returns>Dispose it to stop listening.</returns>
    /// <exception cref="ArgumentException">Browsers have an event of that name.</exception>
    public IDisposable On(string name, Action<string> handler)
    {
        EventName.Check(name);
        ArgumentNullException.ThrowIfNull(handler);
        return _client.On(name, handler);
    }

    /// <summary>Listens for an event with data of a type.</summary>
    /// <inheritdoc cref="On(string, Action{string})" path="/exception"/>
    public IDisposable On<T>(string name, Action<T?> handler, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return On(name, json => handler(JsonSerializer.Deserialize(json, type)));
    }

    /// <summary>Waits for the next event of a name. It listens from the call on, so call it before what leads to the event.</summary>
    /// <returns>The data as JSON.</returns>
    /// <inheritdoc cref="On(string, Action{string})" path="/exception"/>
    public Task<string> NextAsync(string name, CancellationToken cancellationToken = default)
    {
        var arrived = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        return WaitAsync(On(name, data => arrived.TrySetResult(data)));

        async Task<string> WaitAsync(IDisposable subscription)
        {
            using (subscription)
            using (_ended.Token.UnsafeRegister(static arrived => ((TaskCompletionSource<string>)arrived!).TrySetException(Gone()), arrived))
            {
                return await arrived.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Waits for the next event of a name, with data of a type.</summary>
    /// <inheritdoc cref="On(string, Action{string})" path="/exception"/>
    public async Task<T?> NextAsync<T>(string name, JsonTypeInfo<T> type, CancellationToken cancellationToken = default) =>
        JsonSerializer.Deserialize(await NextAsync(name, cancellationToken).ConfigureAwait(false), type);

    /// <summary>Runs code as one turn of the page's script. Calls that begin in the same turn reach the application in one message.</summary>
    public Task TurnAsync(Action script)
    {
        ArgumentNullException.ThrowIfNull(script);
        return _thread.WaitAsync(script);
    }

    /// <summary>Asks for a resource, as <c>fetch</c> does; completes with the head of the answer.</summary>
    /// <param name="url">An address, or a path relative to the document's. It reaches the application exactly as it is written here.</param>
    /// <param name="method">The method.</param>
    /// <param name="headers">More headers. <c>Origin</c> is added where a browser adds it.</param>
    /// <param name="body">The body.</param>
    /// <param name="cancellationToken">Ends the request, in the application too.</param>
    /// <exception cref="HttpRequestException">
    /// What a page sees as a network error: nothing serves the address, or the answer is not for this origin.
    /// </exception>
    public async Task<HeadlessResponse> FetchAsync(
        string url, string method = "GET", IReadOnlyDictionary<string, string>? headers = null, ReadOnlyMemory<byte> body = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentException.ThrowIfNullOrEmpty(method);

        var address = Resolve(url);
        var isSameOrigin = Origin is not null && Security.Origin.Of(address) == Origin;
        var sent = new Dictionary<string, string>(headers ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase);
        if (!isSameOrigin || method is not ("GET" or "HEAD"))
        {
            sent["Origin"] = Origin ?? "null";
        }

        var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ended.Token);
        var upload = body.IsEmpty ? Stream.Null : new MemoryStream(body.ToArray(), writable: false);
        var response = await _view.RequestAsync(address, method, sent, upload, cancellation.Token).ConfigureAwait(false);

        if (!isSameOrigin && response.Headers.GetValueOrDefault("Access-Control-Allow-Origin") is var allowed && allowed != "*" && allowed != (Origin ?? "null"))
        {
            await cancellation.CancelAsync().ConfigureAwait(false);
            throw new HttpRequestException($"{Origin ?? Address} may not read {address}: the answer does not allow its origin.");
        }

        var received = new Dictionary<string, string>(response.Headers, StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = response.ContentType };
        var content = method == "HEAD" ? Stream.Null : await BodyOfAsync(response, cancellation.Token).ConfigureAwait(false);
        return new HeadlessResponse(response.Status, received, content, cancellation);
    }

    /// <summary>Goes to an address, as a script or a link of the page does.</summary>
    /// <param name="url">An address, or a path relative to the document's.</param>
    /// <param name="isUserGesture">Whether the user clicked.</param>
    /// <returns>The page that takes this one's place, loaded, with its bridge if it has one.</returns>
    /// <exception cref="InvalidOperationException">The window may not go there, or the load failed.</exception>
    public Task<HeadlessPage> NavigateAsync(string url, bool isUserGesture = false)
    {
        ArgumentNullException.ThrowIfNull(url);

        var next = Next.Renew();
        _view.NavigateFrom(this, Resolve(url), isUserGesture);
        return next;
    }

    /// <summary>Loads the document again, as <c>location.reload()</c> does.</summary>
    public Task<HeadlessPage> ReloadAsync() => GoAsync(0);

    /// <summary>Goes back in the window's history, as <c>history.back()</c> does.</summary>
    public Task<HeadlessPage> GoBackAsync() => GoAsync(-1);

    /// <summary>Goes forward in the window's history, as <c>history.forward()</c> does.</summary>
    public Task<HeadlessPage> GoForwardAsync() => GoAsync(1);

    /// <summary>Waits for the page that takes this one's place, whoever brought it: the page, or the application.</summary>
    /// <exception cref="InvalidOperationException">The load failed, or the window was closed.</exception>
    public Task<HeadlessPage> NextPageAsync(CancellationToken cancellationToken = default) => Next.Page.WaitAsync(cancellationToken);

    /// <summary>Asks for a window, as <c>window.open</c> and <c>target=_blank</c> do; the application never gives one.</summary>
    public void OpenWindow(string url, bool isUserGesture = false)
    {
        ArgumentNullException.ThrowIfNull(url);
        _view.OpenFrom(this, Resolve(url), isUserGesture);
    }

    /// <summary>Stops handling what the application sends, as a page does that is busy: it acknowledges nothing.</summary>
    public void StopReading() => BridgeRelay.Stop();

    /// <summary>Goes on handling what the application sends.</summary>
    public void ResumeReading() => BridgeRelay.Resume();

    /// <summary>Ends the web process, as a crash does.</summary>
    public void Crash(string reason = "crashed") => _view.Crash(this, reason);

    /// <summary>Posts lines behind the document's <see cref="Stamp"/>, as only the isolated script can; nothing looks at them on the way.</summary>
    /// <returns>The reply: <c>place LF line LF ...</c>, or <c>!code text</c>.</returns>
    public Task<string> PostAsync(string lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return BridgeRelay.PostAsync(lines);
    }

    /// <summary>Posts any string as it is.</summary>
    /// <inheritdoc cref="PostAsync" path="/returns"/>
    public Task<string> PostRawAsync(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _view.PostMessageAsync(this, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Hands the isolated script any string, as a hostile page can by an event of its own.</summary>
    public void SignalUp(string detail)
    {
        ArgumentNullException.ThrowIfNull(detail);
        var relay = BridgeRelay;
        _thread.Run(() => relay.Take(detail));
    }

    internal static IpcException Gone() => new(IpcErrorCode.Disconnected, "The document is gone.");

    internal void SetTitle(string title)
    {
        Volatile.Write(ref _title, title);
        _view.TellTitle(this, title);
    }

    /// <summary>The document begins. Its script and its bridge share a turn: what the script calls leaves in one behind it.</summary>
    internal void Begin() => _thread.Post(() =>
    {
        try
        {
            _view.Engine.Options.Script?.Invoke(this);
        }
        finally
        {
            Relay?.Start(_ended.Token);
        }
    });

    internal void CompleteLoad(int status)
    {
        Status = status;
        _loaded.TrySetResult();
    }

    /// <summary>The page once it can be used, or what has taken its place by then.</summary>
    internal async Task<HeadlessPage> SettledAsync()
    {
        try
        {
            await _loaded.Task.ConfigureAwait(false);
            if (HasBridge)
            {
                await Ready.ConfigureAwait(false);
            }

            return this;
        }
        catch (IpcException)
        {
            return await Next.Page.ConfigureAwait(false);
        }
    }

    internal void End()
    {
        _ended.Cancel();
        _loaded.TrySetException(Gone());
        _thread.Post(_client.End);
    }

    private Task<HeadlessPage> GoAsync(int steps)
    {
        var next = Next.Renew();
        _view.GoFrom(this, steps);
        return next;
    }

    private string Begin(string name, string? arguments, int credit, IPageCall call)
    {
        try
        {
            return _client.Begin(name, OneLine(arguments), credit, call);
        }
        catch (Exception exception)
        {
            call.Fail(new IpcException(IpcErrorCode.InvalidRequest, $"The call cannot be written: {exception.Message}", exception));
            return "";
        }
    }

    // Between tokens a line feed is a space; inside of a string JSON has none.
    private static string OneLine(string? json) => json is null ? "null" : json.Replace('\n', ' ').Replace('\r', ' ');

    private async Task<ProtocolResponse> OpenDownAsync(string documentId)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (Origin != BridgeAddress.Origin)
        {
            headers["Origin"] = Origin!;
        }

        var response = await _view.RequestAsync($"{BridgeAddress.Origin}{BridgeAddress.Down}{documentId}", "GET", headers, Stream.Null, _ended.Token).ConfigureAwait(false);
        return response.Stream is null ? response : response with { Stream = await BodyOfAsync(response, _ended.Token).ConfigureAwait(false) };
    }

    private async Task<Stream> BodyOfAsync(ProtocolResponse response, CancellationToken cancellationToken)
    {
        if (response.Stream is not { } stream)
        {
            return new MemoryStream(response.Bytes.ToArray(), writable: false);
        }

        if (_view.Engine.Options.StreamedResponses)
        {
            return stream;
        }

        await using (stream.ConfigureAwait(false))
        {
            var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
            bytes.Position = 0;
            return bytes;
        }
    }

    // Written by hand, since Uri would fold ".." away and undo escapes.
    private string Resolve(string url)
    {
        var colon = url.IndexOf(':');
        if (colon > 0 && Uri.CheckSchemeName(url[..colon]))
        {
            return url;
        }

        var root = Address.IndexOf('/', Address.IndexOf("//", StringComparison.Ordinal) + 2);
        return url.StartsWith('/') || root < 0
            ? $"{(root < 0 ? Address : Address[..root])}/{url.TrimStart('/')}"
            : $"{Address[..(Address.LastIndexOf('/') + 1)]}{url}";
    }
}
