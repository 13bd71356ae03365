using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Oriel.Ipc;

/// <summary>A request of the peer while its handler runs.</summary>
/// <remarks><see cref="Arguments"/> and <see cref="Result"/> are the handler's until its task completes.</remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "The peer releases a call when it has been answered; a handler has nothing to dispose.")]
public sealed class IpcCall : IThreadPoolWorkItem
{
    private static readonly Task<Exception?> NoFailure = Task.FromResult<Exception?>(null);

    private readonly Lock _gate = new();
    private readonly IpcPeer _peer;
    private readonly PooledBuffer _copy = new();
    private readonly PooledBuffer _result = new();
    private IpcHandler _handler = null!;
    private SemaphoreSlim? _credit;
    private ProgressSender? _progress;
    private List<ArgumentStream>? _streams;
    private List<ArgumentStream>? _reopened;
    private Action<bool>? _answered;
    private CancellationTokenSource? _cancellation;
    private bool _cancelled;
    private bool _hasEnded;

    internal IpcCall(IpcPeer peer) => _peer = peer;

    /// <summary>Correlates the call with its answer.</summary>
    public IpcId Id { get; private set; }

    /// <summary>The method that was called.</summary>
    public string Method { get; private set; } = "";

    /// <summary>The arguments: one JSON value in UTF-8, empty for none; or bytes (<see cref="HasBinaryArguments"/>).</summary>
    public ReadOnlyMemory<byte> Arguments { get; private set; }

    /// <summary>Whether the arguments are bytes rather than JSON.</summary>
    public bool HasBinaryArguments { get; private set; }

    /// <summary>Takes the answer: one JSON value in UTF-8 without line feeds; nothing written means <c>null</c>. Or bytes, with <see cref="IsResultBinary"/>.</summary>
    public IBufferWriter<byte> Result => _result;

    /// <summary>Whether what was written to <see cref="Result"/> is bytes rather than JSON.</summary>
    public bool IsResultBinary { get; set; }

    /// <summary>Whether the caller takes a stream.</summary>
    public bool AcceptsStream => _credit is not null;

    /// <summary>Cancelled when the caller no longer wants the answer or is gone.</summary>
    public CancellationToken CancellationToken
    {
        get
        {
            lock (_gate)
            {
                if (_cancellation is null)
                {
                    _cancellation = new CancellationTokenSource();
                    if (_cancelled)
                    {
                        _cancellation.Cancel();
                    }
                }

                return _cancellation.Token;
            }
        }
    }

    /// <summary>What the peer counts for the call, while it is under way.</summary>
    internal long CountedBytes { get; set; }

    internal bool IsStream { get; private set; }

    internal ReadOnlyMemory<byte> ResultMemory => _result.Memory;

    internal bool IsCancelled
    {
        get
        {
            lock (_gate)
            {
                return _cancelled;
            }
        }
    }

    /// <summary>Makes the answer a stream of items.</summary>
    /// <exception cref="IpcException"><see cref="IpcErrorCode.InvalidRequest"/>: the caller wants a single answer.</exception>
    public void BeginStream()
    {
        if (!AcceptsStream)
        {
            throw new IpcException(IpcErrorCode.InvalidRequest, $"\"{Method}\" answers with a stream: call it as one (in a page: oriel.stream).");
        }

        IsStream = true;
    }

    /// <summary>Sends an item of the stream; waits while the caller is behind.</summary>
    /// <param name="item">One JSON value in UTF-8, or bytes; its memory may be used again once the task has completed.</param>
    public ValueTask SendItemAsync(IpcPayload item)
    {
        BeginStream();
        return PassItemAsync(item);
    }

    /// <summary>Sends an item, and leaves open whether the answer is a stream: a single answer may follow, behind its progress.</summary>
    internal async ValueTask PassItemAsync(IpcPayload item)
    {
        await TakeCreditAsync().ConfigureAwait(false);
        await SendTakenAsync(item).ConfigureAwait(false);
    }

    /// <summary>Waits for the right to send an item. For callers that take a stream.</summary>
    internal Task TakeCreditAsync() => _credit!.WaitAsync(CancellationToken);

    /// <summary>Gives back the right to send an item that cannot be sent.</summary>
    internal void ReturnCredit() => _credit!.Release();

    /// <summary>Sends an item whose credit was taken.</summary>
    internal ValueTask SendTakenAsync(IpcPayload item) =>
        _peer.SendAsync(new IpcMessage { Kind = IpcMessageKind.Next, Id = Id, Data = item.Memory, IsBinary = item.IsBinary }, CancellationToken);

    /// <summary>Has reports sent in front of the answer. For callers that take them: see <see cref="AcceptsStream"/>.</summary>
    /// <exception cref="InvalidOperationException">Something reports on this call already.</exception>
    internal void ReportBy(ProgressSender progress)
    {
        if (Interlocked.CompareExchange(ref _progress, progress, null) is not null)
        {
            throw new InvalidOperationException($"\"{Method}\" reports its progress already: one report of a call is the newest.");
        }
    }

    /// <summary>Takes the right to send an item, when there is one.</summary>
    internal bool TryTakeCredit() => _credit is not null && _credit.Wait(0);

    /// <summary>Sends a report whose credit was taken.</summary>
    internal ValueTask SendProgressAsync(ReadOnlyMemory<byte> json) =>
        _peer.SendAsync(new IpcMessage { Kind = IpcMessageKind.Next, Id = Id, Data = json }, CancellationToken);

    /// <summary>Opens a stream that the arguments name. It ends with the call.</summary>
    internal ArgumentStream OpenStream(IpcId id)
    {
        lock (_gate)
        {
            if (_cancelled || _hasEnded)
            {
                throw _cancelled ? new OperationCanceledException() : Ended();
            }

            if (_reopened?.Find(stream => stream.Id == id) is { } opened)
            {
                _reopened.Remove(opened);
                return opened;
            }

            var stream = _peer.OpenStream(id);
            (_streams ??= []).Add(stream);
            return stream;
        }
    }

    /// <summary>The arguments are read anew: the streams that were opened and that nobody has begun to read may be opened once more.</summary>
    internal void ReopenStreams()
    {
        lock (_gate)
        {
            _reopened = _streams?.FindAll(static stream => !stream.IsStarted);
        }
    }

    /// <summary>Stops reading a stream; the caller is told.</summary>
    internal void CloseStream(ArgumentStream stream) =>
        _peer.CloseStream(stream, new InvalidOperationException("The stream was read before, and is closed."), tell: true);

    /// <summary>The command has ended: what it reads ends, and nothing is reported any more.</summary>
    /// <returns>Ends when the last report has been sent, so that the answer is behind it: with why a report could not be written, where nobody else was told.</returns>
    internal Task<Exception?> EndAsync()
    {
        lock (_gate)
        {
            _hasEnded = true;
        }

        CloseStreams(Ended());
        return _progress?.CloseAsync() ?? NoFailure;
    }

    /// <summary>Tells, once the command has ended, whether its answer is on its way or will never be.</summary>
    internal void WhenAnswered(Action<bool> settle) => _answered = settle;

    /// <summary>The answer is on its way, or will never be.</summary>
    internal void Settle(bool isSent)
    {
        var settle = _answered;
        _answered = null;
        settle?.Invoke(isSent);
    }

    void IThreadPoolWorkItem.Execute() => Run();

    /// <summary>Takes a request, and the memory of its arguments.</summary>
    internal void Begin(in IpcMessage request, IpcHandler handler)
    {
        BeginInPlace(request, handler);
        _copy.Write(request.Data.Span);
        Arguments = _copy.Memory;
    }

    /// <summary>Takes a request whose arguments stay where they are: in the channel's buffer, until the handler has ended.</summary>
    internal void BeginInPlace(in IpcMessage request, IpcHandler handler)
    {
        _handler = handler;
        Arguments = request.Data;
        _credit = request.Credit > 0 ? new SemaphoreSlim(request.Credit) : null;
        Id = request.Id;
        Method = request.Name;
        HasBinaryArguments = request.IsBinary;
    }

    /// <summary>Runs the handler on this thread.</summary>
    internal ValueTask RunInline() => _handler(this);

    /// <summary>Makes the call ready for the next request.</summary>
    internal void Reset()
    {
        Arguments = default;
        _result.Truncate(0);
        IsStream = false;
        IsResultBinary = false;
        _cancellation = null;
        _cancelled = false;
        _hasEnded = false;
        _progress = null;
    }

    internal void Run()
    {
        try
        {
            var task = _handler(this);
            if (!task.IsCompletedSuccessfully)
            {
                _ = AwaitAsync(task);
                return;
            }

            task.GetAwaiter().GetResult();
            _peer.Complete(this, null);
        }
        catch (Exception exception)
        {
            _peer.Complete(this, exception);
        }
    }

    internal void Cancel()
    {
        CancellationTokenSource? source;
        lock (_gate)
        {
            _cancelled = true;
            source = _cancellation;
        }

        CloseStreams(new OperationCanceledException());

        // Callbacks of the token are the handler's code: not under our lock, and not on the thread that reads messages.
        if (source is not null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static source => source.Cancel(), source, preferLocal: false);
        }
    }

    internal void AddCredit(int count)
    {
        // A caller that grants more than it may is not worth an error: it could only flood itself.
        if (_credit is not null && count > 0 && _credit.CurrentCount + (long)count <= IpcPeer.MaxCredit)
        {
            _credit.Release(count);
            Volatile.Read(ref _progress)?.OnCredit();
        }
    }

    internal void Release()
    {
        Settle(isSent: false);
        Arguments = default;
        _copy.Dispose();
        _result.Dispose();
    }

    private IpcException Ended() => new(IpcErrorCode.Cancelled, $"The call of \"{Method}\" has ended, and with it the streams among its arguments.");

    private void CloseStreams(Exception reason)
    {
        ArgumentStream[] streams;
        lock (_gate)
        {
            streams = _streams is null ? [] : [.. _streams];
            _streams = null;
            _reopened = null;
        }

        // Whose call has ended knows it: nothing has to be said for each of its streams.
        foreach (var stream in streams)
        {
            _peer.CloseStream(stream, reason, tell: false);
        }
    }

    private async Task AwaitAsync(ValueTask task)
    {
        Exception? failure = null;
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        _peer.Complete(this, failure);
    }
}
