using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Oriel.Ipc;
using Oriel.Protocols;

namespace Oriel;

/// <summary>The bytes of one document that travel beside its messages, both ways, by requests to <c>/.oriel/body/token/id</c>.</summary>
/// <remarks>Thread-safe. All of them end with the document; those of a call that fails end with the call.</remarks>
internal sealed class BodyTable
{
    // Ranges of the page's that overtake the news that their call is over are turned away by this; a page has few under way.
    private const int MaxEnded = 4_096;

    private const string Abort = "?abort=1";

    // A source may fail before its call has asked for it. Of calls that were refused nobody ever asks.
    private const int MaxAborted = 256;

    private readonly Lock _gate = new();
    private readonly IpcLimits _limits;
    private readonly Func<bool> _isOnUIThread;
    private readonly byte[] _token;
    private readonly Dictionary<long, DownBody> _parked = [];
    private readonly Dictionary<long, UpBody> _arriving = [];
    private readonly HashSet<long> _endedIds = [];
    private readonly Queue<long> _endedOrder = new();
    private readonly Dictionary<long, string> _aborted = [];
    private readonly Queue<long> _abortedOrder = new();
    private TaskCompletionSource _taken = NewSignal();
    private long _lastId;
    private long _parkedBytes;
    private long _reservedBytes;
    private bool _isEnded;

    public BodyTable(IpcLimits limits, Func<bool> isOnUIThread, TimeProvider? time = null)
    {
        _limits = limits;
        _isOnUIThread = isOnUIThread;
        Time = time ?? TimeProvider.System;
        Token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _token = Encoding.ASCII.GetBytes(Token);
    }

    /// <summary>128 random bits: who knows them may fetch and send, and only the document is told.</summary>
    public string Token { get; }

    public TimeProvider Time { get; }

    /// <summary>How long a page may pause while it sends bytes that it has at hand.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    public bool IsOnUIThread => _isOnUIThread();

    /// <summary>How many bodies of both directions there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _parked.Count + _arriving.Count;
            }
        }
    }

    /// <summary>The bytes that wait for the page, and those of the page that commands hold.</summary>
    public long HeldBytes
    {
        get
        {
            lock (_gate)
            {
                return _parkedBytes + _reservedBytes;
            }
        }
    }

    /// <summary>Keeps a body until the page fetches it.</summary>
    /// <returns>Its number.</returns>
    /// <exception cref="IpcException"><see cref="IpcErrorCode.Busy"/>: the page has left too much unread. The body is closed.</exception>
    public long Park(DownBody body)
    {
        IpcException refusal;
        lock (_gate)
        {
            if (_isEnded)
            {
                refusal = DocumentGone();
            }
            else if (_parked.Count >= _limits.MaxBodies)
            {
                refusal = new IpcException(IpcErrorCode.Busy, $"{_parked.Count:N0} bodies wait for the page, which is the limit. Read them, or cancel their streams.");
            }
            else if (_parkedBytes > 0 && _parkedBytes + body.ParkedBytes > _limits.MaxBodyBytes)
            {
                refusal = new IpcException(IpcErrorCode.Busy, $"{_parkedBytes:N0} bytes wait for the page, and at most {_limits.MaxBodyBytes:N0} may.");
            }
            else
            {
                _parked.Add(++_lastId, body);
                _parkedBytes += body.ParkedBytes;
                return _lastId;
            }
        }

        body.Close();
        throw refusal;
    }

    /// <summary>A number for a body that will be parked.</summary>
    public long NextId()
    {
        lock (_gate)
        {
            return ++_lastId;
        }
    }

    /// <summary>Keeps bodies until the page fetches them; waits until there is room for all of them.</summary>
    /// <exception cref="IpcException">
    /// <see cref="IpcErrorCode.Busy"/>: they are more than there is ever room for; <see cref="IpcErrorCode.Disconnected"/>: the document is gone.
    /// </exception>
    public async ValueTask ParkAsync(IReadOnlyList<KeyValuePair<long, DownBody>> bodies, CancellationToken cancellationToken)
    {
        if (bodies.Count > _limits.MaxBodies)
        {
            throw new IpcException(IpcErrorCode.Busy, $"{bodies.Count:N0} bodies are in one item, and at most {_limits.MaxBodies:N0} may wait for the page. Send them in more items.");
        }

        var bytes = bodies.Sum(static body => body.Value.ParkedBytes);
        while (!TryPark(bodies, bytes, out var taken))
        {
            await taken.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public string AddressOf(long id) => string.Create(CultureInfo.InvariantCulture, $"{BridgeAddress.Body}{Token}/{id}");

    /// <summary>Drops a parked body, if it is still there.</summary>
    public void Discard(long id) => Take(id)?.Close();

    /// <summary>The body that a call has found named in its arguments.</summary>
    /// <exception cref="IpcException"><see cref="IpcErrorCode.InvalidParams"/>: it belongs to another call, or to none any more.</exception>
    public UpBody Claim(BodyReference reference)
    {
        lock (_gate)
        {
            if (_isEnded)
            {
                throw DocumentGone();
            }

            var isAborted = _aborted.Remove(reference.Id, out var reason);
            var body = !isAborted && _endedIds.Contains(reference.Id) ? null : FindOrAddLocked(reference.Id);
            if (body is null || body.IsClaimed)
            {
                throw new IpcException(IpcErrorCode.InvalidParams, "The bytes are those of another call. Pass them to each call anew.");
            }

            body.Claim(reference.Length);
            if (isAborted)
            {
                body.Abort(reason!);
            }

            return body;
        }
    }

    /// <summary>Counts bytes of the page that a command holds as a whole.</summary>
    /// <exception cref="IpcException">They are more than a document may hold.</exception>
    public void Reserve(long bytes, long own)
    {
        lock (_gate)
        {
            if (own + bytes > _limits.MaxBodyBytes)
            {
                throw new IpcException(IpcErrorCode.PayloadTooLarge, $"The bytes are more than {_limits.MaxBodyBytes:N0}. A command that takes so many at once takes a Stream.");
            }

            if (_reservedBytes + bytes > _limits.MaxBodyBytes)
            {
                throw new IpcException(IpcErrorCode.Busy, $"{_reservedBytes:N0} bytes of the page are held by its calls, and at most {_limits.MaxBodyBytes:N0} may be.");
            }

            _reservedBytes += bytes;
        }
    }

    /// <summary>The call of a body is over.</summary>
    public void Release(UpBody body)
    {
        lock (_gate)
        {
            _reservedBytes -= body.ReservedBytes;
            EndLocked(body.Id);
        }

        body.Dispose();
    }

    /// <summary>Whether this is the document's token.</summary>
    public bool IsToken(ReadOnlySpan<char> token)
    {
        Span<byte> bytes = stackalloc byte[32];
        return token.Length == bytes.Length && Encoding.UTF8.TryGetBytes(token, bytes, out var written) && written == bytes.Length && CryptographicOperations.FixedTimeEquals(bytes, _token);
    }

    /// <summary>Whether a request brings bytes of the page, which is taken without waiting.</summary>
    public static bool IsRange(ProtocolRequest request) => request.Method == "POST" && request.Address.Query != Abort;

    /// <summary>Answers a request of the document for one of its bodies.</summary>
    public async ValueTask<ProtocolResponse> RespondAsync(ProtocolRequest request, string id)
    {
        if (!BodyReference.TryParseId(id, out var number))
        {
            return Unknown();
        }

        var query = request.Address.Query;
        return request.Method switch
        {
            "GET" => await ReadAsync(number, query, request.CancellationToken).ConfigureAwait(false),
            "DELETE" => Drop(number),
            "POST" when query == Abort => await AbortAsync(number, request).ConfigureAwait(false),
            "POST" => await TakeRangeAsync(number, query, request).ConfigureAwait(false),
            _ => ProtocolResponse.Error(405, "Only GET, POST and DELETE."),
        };
    }

    /// <summary>The document is gone.</summary>
    public void End()
    {
        DownBody[] parked;
        UpBody[] arriving;
        lock (_gate)
        {
            _isEnded = true;
            parked = [.. _parked.Values];
            arriving = [.. _arriving.Values];
            _parked.Clear();
            _arriving.Clear();
            _parkedBytes = 0;
            _taken.TrySetResult();
        }

        foreach (var body in parked)
        {
            body.Close();
        }

        foreach (var body in arriving)
        {
            body.Dispose();
        }
    }

    /// <summary>The answer to a range that nobody wants: the page stops sending.</summary>
    internal static ProtocolResponse Gone() => ProtocolResponse.Error(410, "Nobody reads the bytes any more.");

    internal static ProtocolResponse Done() => ProtocolResponse.Text("");

    private static ProtocolResponse Unknown() => ProtocolResponse.Error(404, "There is no such body: it was read, or is another document's.");

    private async ValueTask<ProtocolResponse> ReadAsync(long id, string query, CancellationToken cancellationToken)
    {
        DownBody? body;
        lock (_gate)
        {
            body = _parked.GetValueOrDefault(id);
        }

        if (body is null)
        {
            return Unknown();
        }

        if (!body.IsStream)
        {
            // Of two that ask for it, one gets it.
            return query.Length == 0 ? Take(id)?.Whole() ?? Unknown() : ProtocolResponse.Error(400, "Bytes are fetched as a whole.");
        }

        if (!TryReadOffset(query, "?offset=", out var offset))
        {
            return ProtocolResponse.Error(400, "A range is asked for with ?offset= and a number.");
        }

        var (response, isOver) = await body.ReadAsync(offset, cancellationToken).ConfigureAwait(false);
        if (isOver)
        {
            Discard(id);
        }

        return response;
    }

    private ProtocolResponse Drop(long id)
    {
        if (Take(id) is not { } body)
        {
            return Unknown();
        }

        body.Close();
        return Done();
    }

    private async Task<ProtocolResponse> TakeRangeAsync(long id, string query, ProtocolRequest request)
    {
        var end = query.IndexOf('&');
        if (end < 0 || !TryReadOffset(query[..end], "?offset=", out var offset) || query[end..] is not ("&last=0" or "&last=1"))
        {
            return ProtocolResponse.Error(400, "A range is sent with ?offset=, a number, and &last=0 or 1.");
        }

        UpBody body;
        lock (_gate)
        {
            if (_isEnded || _endedIds.Contains(id))
            {
                return Gone();
            }

            try
            {
                body = FindOrAddLocked(id);
            }
            catch (IpcException exception)
            {
                return ProtocolResponse.Error(503, exception.Message);
            }
        }

        return await body.OfferAsync(request.Body, offset, query[^1] == '1').ConfigureAwait(false);
    }

    // The page's reason is for people, so a few hundred bytes of it do.
    private async Task<ProtocolResponse> AbortAsync(long id, ProtocolRequest request)
    {
        const int MaxReason = 512;

        var reason = new byte[MaxReason];
        var length = await request.Body.ReadAtLeastAsync(reason, MaxReason, throwOnEndOfStream: false, request.CancellationToken).ConfigureAwait(false);

        var text = Encoding.UTF8.GetString(reason, 0, length);
        UpBody? body;
        lock (_gate)
        {
            body = _arriving.GetValueOrDefault(id);
            if (body is not { IsClaimed: true })
            {
                RememberAbortLocked(id, text);
                EndLocked(id);
            }
        }

        body?.Abort(text);
        return Done();
    }

    // For the call that may still ask for it; it holds no place of a body, since that call may never come.
    private void RememberAbortLocked(long id, string reason)
    {
        if (_endedIds.Contains(id) || !_aborted.TryAdd(id, reason))
        {
            return;
        }

        _abortedOrder.Enqueue(id);
        if (_abortedOrder.Count > MaxAborted)
        {
            _aborted.Remove(_abortedOrder.Dequeue());
        }
    }

    // Under the lock. A range may come before its call does: they travel by different ways.
    private UpBody FindOrAddLocked(long id)
    {
        if (_arriving.TryGetValue(id, out var body))
        {
            return body;
        }

        if (_arriving.Count >= _limits.MaxBodies)
        {
            throw new IpcException(IpcErrorCode.Busy, $"{_arriving.Count:N0} bodies of the page are under way, which is the limit.");
        }

        body = new UpBody(this, id);
        _arriving.Add(id, body);
        return body;
    }

    private void EndLocked(long id)
    {
        _arriving.Remove(id);
        if (!_endedIds.Add(id))
        {
            return;
        }

        _endedOrder.Enqueue(id);
        if (_endedOrder.Count > MaxEnded)
        {
            _endedIds.Remove(_endedOrder.Dequeue());
        }
    }

    // Looking and taking the place are one step: another stream may wait for the same.
    private bool TryPark(IReadOnlyList<KeyValuePair<long, DownBody>> bodies, long bytes, out Task taken)
    {
        lock (_gate)
        {
            if (_isEnded)
            {
                throw DocumentGone();
            }

            taken = _taken.Task;
            if (_parked.Count + bodies.Count > _limits.MaxBodies || (_parkedBytes > 0 && bytes > 0 && _parkedBytes + bytes > _limits.MaxBodyBytes))
            {
                return false;
            }

            foreach (var (id, body) in bodies)
            {
                _parked.Add(id, body);
            }

            _parkedBytes += bytes;
            return true;
        }
    }

    private DownBody? Take(long id)
    {
        lock (_gate)
        {
            if (!_parked.Remove(id, out var body))
            {
                return null;
            }

            _parkedBytes -= body.ParkedBytes;
            _taken.TrySetResult();
            _taken = NewSignal();
            return body;
        }
    }

    private static IpcException DocumentGone() => new(IpcErrorCode.Disconnected, "The document is gone.");

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static bool TryReadOffset(string query, string name, out long offset)
    {
        offset = 0;
        return query.StartsWith(name, StringComparison.Ordinal) && long.TryParse(query.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out offset);
    }
}
