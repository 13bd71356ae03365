using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Oriel.Ipc;

/// <summary>A request of the peer while its handler runs.</summary>
/// <remarks><see cref="Arguments"/> and <see cref="Result"/> are the handler's until its task completes.</remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "The peer releases a call when it has been answered; a handler has nothing to dispose.")]
public sealed class IpcCall : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private readonly IpcPeer _peer;
    private readonly PooledBuffer _copy = new();
    private readonly PooledBuffer _result = new();
    private IpcHandler _handler = null!;
    private SemaphoreSlim? _credit;
    private CancellationTokenSource? _cancellation;
    private bool _cancelled;

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
    public async ValueTask SendItemAsync(IpcPayload item)
    {
        BeginStream();
        await _credit!.WaitAsync(CancellationToken).ConfigureAwait(false);
        await _peer.SendAsync(new IpcMessage { Kind = IpcMessageKind.Next, Id = Id, Data = item.Memory, IsBinary = item.IsBinary }, CancellationToken).ConfigureAwait(false);
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
        }
    }

    internal void Release()
    {
        Arguments = default;
        _copy.Dispose();
        _result.Dispose();
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
