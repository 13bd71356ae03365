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
    private readonly IpcHandler _handler;
    private readonly PooledBuffer _arguments;
    private readonly PooledBuffer _result = new();
    private readonly SemaphoreSlim? _credit;
    private CancellationTokenSource? _cancellation;
    private bool _cancelled;

    internal IpcCall(IpcPeer peer, in IpcMessage request, IpcHandler handler)
    {
        _peer = peer;
        _handler = handler;
        _arguments = PooledBuffer.CopyOf(request.Data.Span);
        _credit = request.Credit > 0 ? new SemaphoreSlim(request.Credit) : null;
        Id = request.Id;
        Method = request.Name;
    }

    /// <summary>Correlates the call with its answer.</summary>
    public IpcId Id { get; }

    /// <summary>The method that was called.</summary>
    public string Method { get; }

    /// <summary>The arguments: one JSON value in UTF-8; empty for none.</summary>
    public ReadOnlyMemory<byte> Arguments => _arguments.Memory;

    /// <summary>Takes the answer: one JSON value in UTF-8 without line feeds; nothing written means <c>null</c>.</summary>
    public IBufferWriter<byte> Result => _result;

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
    /// <param name="item">One JSON value in UTF-8; it may be used again once the task has completed.</param>
    public async ValueTask SendItemAsync(ReadOnlyMemory<byte> item)
    {
        BeginStream();
        await _credit!.WaitAsync(CancellationToken).ConfigureAwait(false);
        await _peer.SendAsync(new IpcMessage { Kind = IpcMessageKind.Next, Id = Id, Data = item }, CancellationToken).ConfigureAwait(false);
    }

    void IThreadPoolWorkItem.Execute() => Run();

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
        _arguments.Dispose();
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
