using System.Buffers;
using System.Threading.Channels;
using System.Threading.Tasks.Sources;

namespace Oriel.Ipc;

/// <summary>A request of ours that is not answered yet.</summary>
/// <remarks>
/// Used again when its answer has been taken, so that a call allocates no promise. Whoever takes it out of the
/// <see cref="RequestTable"/> completes it, so that it completes once.
/// </remarks>
internal sealed class PendingRequest : IValueTaskSource<IpcPayload>
{
    private const int IsNew = 0;
    private const int IsSent = 1;
    private const int IsOver = 2;

    private readonly IpcPeer _peer;
    private ManualResetValueTaskSourceCore<IpcPayload> _answer;
    private CancellationTokenRegistration _cancellation;
    private int _progress;

    public PendingRequest(IpcPeer peer, bool runContinuationsAsynchronously)
    {
        _peer = peer;
        _answer.RunContinuationsAsynchronously = runContinuationsAsynchronously;
    }

    public IpcId Id { get; set; }

    public string Method { get; set; } = "";

    /// <summary>When the request was made, by the clock's time stamps.</summary>
    public long StartedAt { get; set; }

    /// <summary>When it has taken too long, by the clock's time stamps.</summary>
    public long Deadline { get; set; }

    /// <summary>Where the items of a stream wait for their reader; null for a single answer.</summary>
    public Channel<IpcPayload>? Items { get; init; }

    /// <summary>The single answer that ended a stream; null when the stream ended by itself.</summary>
    public IpcPayload? StreamAnswer { get; private set; }

    /// <summary>Where the caller wants the answer; null for memory of its own.</summary>
    public IBufferWriter<byte>? Output { get; set; }

    public ValueTask<IpcPayload> Answer => new(this, _answer.Version);

    /// <summary>Marks the request as sent. False when it is over already, and what ended it could not tell the peer.</summary>
    public bool TryMarkSent() => Interlocked.CompareExchange(ref _progress, IsSent, IsNew) == IsNew;

    /// <summary>Marks the request as over from this side. True when the peer must be told: it has the request.</summary>
    public bool MarkOver() => Interlocked.Exchange(ref _progress, IsOver) == IsSent;

    /// <summary>Has the request cancelled with a token. Its answer must be awaited.</summary>
    public void CancelWith(CancellationToken token)
    {
        if (token.CanBeCanceled)
        {
            _cancellation = token.UnsafeRegister(static (pending, token) => ((PendingRequest)pending!).Cancel(token), this);
        }
    }

    public void Succeed(IpcPayload answer) => _answer.SetResult(answer);

    public void Fail(Exception exception)
    {
        // A stream's reader gets the failure by its items; nobody awaits the answer then.
        if (Items is not null)
        {
            Items.Writer.TryComplete(exception);
        }
        else
        {
            _answer.SetException(exception);
        }
    }

    /// <summary>Settles the request by what the peer sent. False when the peer broke the rules, and should stop.</summary>
    public bool Settle(in IpcMessage message)
    {
        if (message.Error is { } error)
        {
            // Its data points into the channel's buffer, which is the channel's again when this returns.
            var owned = error.Data.IsEmpty ? error : error with { Data = error.Data.ToArray() };
            Fail(new IpcException(owned));
            return true;
        }

        if (Items is null)
        {
            SucceedBy(message);
            return true;
        }

        switch (message.Kind)
        {
            case IpcMessageKind.Next when !Items.Writer.TryWrite(Owned(message)):
                Fail(new IpcException(IpcErrorCode.InvalidRequest, "The peer sent more items of a stream than it was allowed."));
                return false;

            case IpcMessageKind.Next:
                return true;

            case IpcMessageKind.Response:
                StreamAnswer = Owned(message);
                break;
        }

        Items.Writer.TryComplete();
        return true;
    }

    private void SucceedBy(in IpcMessage message)
    {
        try
        {
            if (Output is null)
            {
                Succeed(message.Kind == IpcMessageKind.Response ? Owned(message) : default);
                return;
            }

            Output.Write(message.Data.Span);
        }
        catch (Exception exception)
        {
            // The caller's writer, or no memory.
            Fail(exception);
            return;
        }

        Succeed(new IpcPayload(default, message.IsBinary));
    }

    public IpcPayload GetResult(short token)
    {
        try
        {
            return _answer.GetResult(token);
        }
        finally
        {
            // Waits for a cancellation that is just running: after this nobody else knows of the request.
            _cancellation.Dispose();
            _cancellation = default;
            _answer.Reset();
            _progress = IsNew;
            Output = null;
            _peer.Recycle(this);
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _answer.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _answer.OnCompleted(continuation, state, token, flags);

    private static IpcPayload Owned(in IpcMessage message)
    {
        // Not cleared first: of an answer of some megabytes that would be a good part of its way.
        var copy = GC.AllocateUninitializedArray<byte>(message.Data.Length);
        message.Data.Span.CopyTo(copy);
        return new IpcPayload(copy, message.IsBinary);
    }

    private void Cancel(CancellationToken token) => _peer.Abandon(Id, new OperationCanceledException(token));
}
