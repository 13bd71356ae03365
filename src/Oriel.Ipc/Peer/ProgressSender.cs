using System.Buffers;

namespace Oriel.Ipc;

/// <summary>Sends how far a call has come, as items in front of its answer.</summary>
internal abstract class ProgressSender
{
    /// <summary>The caller takes more.</summary>
    public abstract void OnCredit();

    /// <summary>Takes nothing more, and ends when nothing is being sent: what follows is behind it.</summary>
    public abstract Task CloseAsync();
}

/// <inheritdoc/>
/// <remarks>
/// Reporting never waits. While the caller is behind, which is when it has granted no credit or its channel is full, only the newest
/// report is kept: an old one is of no use to anybody.
/// </remarks>
/// <param name="call">The call that is reported on.</param>
/// <param name="write">Writes a report as one JSON value in UTF-8.</param>
internal sealed class ProgressSender<T>(IpcCall call, Action<IBufferWriter<byte>, T> write) : ProgressSender, IProgress<T>
{
    private readonly Lock _gate = new();
    private T? _latest;
    private bool _hasLatest;
    private bool _isSending;
    private bool _isOver;
    private Exception? _failure;
    private TaskCompletionSource? _idle;

    public void Report(T value)
    {
        lock (_gate)
        {
            if (_failure is not null)
            {
                throw new InvalidOperationException($"A report of \"{call.Method}\" could not be written: {_failure.Message}", _failure);
            }

            if (_isOver)
            {
                return;
            }

            _latest = value;
            _hasLatest = true;
            if (_isSending || !TryTake(out value!))
            {
                return;
            }

            _isSending = true;
        }

        var sending = SendAllAsync(value);
        if (sending.IsFaulted)
        {
            sending.GetAwaiter().GetResult();
        }
    }

    public override void OnCredit()
    {
        T? value;
        lock (_gate)
        {
            if (_isSending || _isOver || !TryTake(out value))
            {
                return;
            }

            _isSending = true;
        }

        // Not where messages are read: writing a report is the command's own code.
        ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.Item1.SendAllAsync(state.Item2), (this, value!), preferLocal: false);
    }

    public override Task CloseAsync()
    {
        lock (_gate)
        {
            _isOver = true;
            return _isSending ? (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task : Task.CompletedTask;
        }
    }

    private async Task SendAllAsync(T value)
    {
        try
        {
            using var json = new PooledBuffer();
            do
            {
                json.Truncate(0);
                write(json, value);
                await call.SendProgressAsync(json.Memory).ConfigureAwait(false);
            }
            while (TryGoOn(out value!));
        }
        catch (Exception exception)
        {
            // The caller that is gone, or does not want it any more, gets no answer either.
            var isFailure = exception is not (OperationCanceledException or IpcException { Code: IpcErrorCode.Disconnected or IpcErrorCode.ShuttingDown });
            lock (_gate)
            {
                _isOver = true;
                _failure = isFailure ? exception : null;
                Stop();
            }

            if (isFailure)
            {
                throw;
            }
        }
    }

    // The last report is sent behind the end of the command, too, while there is credit: it says that all is done.
    private bool TryGoOn(out T? value)
    {
        lock (_gate)
        {
            if (TryTake(out value))
            {
                return true;
            }

            Stop();
            return false;
        }
    }

    private void Stop()
    {
        _isSending = false;
        _idle?.TrySetResult();
    }

    private bool TryTake(out T? value)
    {
        value = _latest;
        if (!_hasLatest || !call.TryTakeCredit())
        {
            return false;
        }

        _hasLatest = false;
        _latest = default;
        return true;
    }
}
