using System.Buffers;
using System.Runtime.ExceptionServices;

namespace Oriel.Ipc;

/// <summary>Sends how far a call has come, as items in front of its answer.</summary>
internal abstract class ProgressSender
{
    /// <summary>The caller takes more.</summary>
    public abstract void OnCredit();

    /// <summary>Takes nothing more, and ends when the newest report has been sent: what follows is behind it.</summary>
    /// <returns>Why a report could not be written, when its reporter was not told; null otherwise.</returns>
    public abstract Task<Exception?> CloseAsync();
}

/// <inheritdoc/>
/// <remarks>
/// Reporting never waits. While the caller is behind, which is when it has granted no credit or its channel is full, only the newest
/// report is kept: an old one is of no use to anybody. The newest is sent in front of the answer in any case, beyond the credit if need
/// be: it says how far the call came.
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
    private bool _isTold;
    private Exception? _failure;
    private TaskCompletionSource<Exception?>? _idle;

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
        if (sending.IsCompleted && sending.GetAwaiter().GetResult() is { } failure)
        {
            lock (_gate)
            {
                _isTold = true;
            }

            ExceptionDispatchInfo.Throw(failure);
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

    public override Task<Exception?> CloseAsync()
    {
        T? value;
        lock (_gate)
        {
            _isOver = true;
            if (_isSending)
            {
                return (_idle ??= new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            if (_failure is not null || call.IsCancelled || !TryTake(out value))
            {
                return Task.FromResult(_isTold ? null : _failure);
            }

            _isSending = true;
        }

        return SendAllAsync(value!);
    }

    /// <summary>Never fails: nobody awaits it while the command runs.</summary>
    /// <returns>Why a report could not be written.</returns>
    private async Task<Exception?> SendAllAsync(T value)
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

            return null;
        }
        catch (Exception exception)
        {
            lock (_gate)
            {
                // The caller that is gone, or does not want it any more, gets no answer either.
                var isFailure = exception is not (OperationCanceledException or IpcException { Code: IpcErrorCode.Disconnected or IpcErrorCode.ShuttingDown });
                _isOver = true;
                _failure = isFailure ? exception : null;
                _hasLatest = false;
                _latest = default;
                Stop();
                return _failure;
            }
        }
    }

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
        _idle?.TrySetResult(_failure);
    }

    private bool TryTake(out T? value)
    {
        value = _latest;
        if (!_hasLatest || !(call.TryTakeCredit() || (_isOver && call.AcceptsStream)))
        {
            return false;
        }

        _hasLatest = false;
        _latest = default;
        return true;
    }
}
