using System.Buffers;

namespace Oriel.Ipc;

// The peer's requests, which we answer.
public sealed partial class IpcPeer
{
    private readonly Dictionary<IpcId, IpcCall> _calls = [];
    private IpcCall _inlineCall;
    private IpcCall? _waitingInline;
    private int _answering;
    private long _bytesInFlight;

    private ValueTask BeginCall(in IpcMessage request)
    {
        if (FindRoute(request, out var error) is not { } route)
        {
            Answer(IpcMessage.Failure(request.Id, error!));
            return ValueTask.CompletedTask;
        }

        if (!_shutdown.TryBegin())
        {
            Answer(IpcMessage.Failure(request.Id, new IpcError(IpcErrorCode.ShuttingDown, "The peer is closing.")));
            return ValueTask.CompletedTask;
        }

        // Read without the lock, on every call: when it seems full, the call goes the way of the others, where it is counted.
        if (route.Inline && request.Credit == 0 && _calls.Count + _answering < _options.Limits.MaxRequestsInFlight)
        {
            return RunInline(request, route.Handler);
        }

        var call = new IpcCall(this);
        call.Begin(request, route.Handler);
        if (Register(call) is { } refusal)
        {
            call.Release();
            _shutdown.End();
            Answer(IpcMessage.Failure(request.Id, refusal));
            return ValueTask.CompletedTask;
        }

        if (route.Context is { } context)
        {
            Post(context, call);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(call, preferLocal: false);
        }

        return ValueTask.CompletedTask;
    }

    private void Post(SynchronizationContext context, IpcCall call)
    {
        try
        {
            context.Post(static call => ((IpcCall)call!).Run(), call);
        }
        catch (Exception exception)
        {
            // A loop that has ended takes no work. What escapes from here would end the reading of the channel.
            Complete(call, exception);
        }
    }

    // Where messages are read, and nothing else is read until it ends. A call whose answer is on its way serves the next request.
    private ValueTask RunInline(in IpcMessage request, IpcHandler handler)
    {
        var call = _inlineCall;
        call.BeginInPlace(request, handler);
        try
        {
            var task = call.RunInline();
            if (!task.IsCompletedSuccessfully)
            {
                return AwaitInlineAsync(call, task);
            }
        }
        catch (Exception exception)
        {
            AnswerInline(call, exception);
            return ValueTask.CompletedTask;
        }

        AnswerInline(call, null);
        return ValueTask.CompletedTask;
    }

    private async ValueTask AwaitInlineAsync(IpcCall call, ValueTask task)
    {
        Exception? failure = null;
        Volatile.Write(ref _waitingInline, call);
        if (_closed)
        {
            call.Cancel();
        }

        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        Volatile.Write(ref _waitingInline, null);
        AnswerInline(call, failure);
    }

    private void AnswerInline(IpcCall call, Exception? failure)
    {
        try
        {
            if (failure is null && _channel.TrySend(AnswerOf(call, null)))
            {
                _shutdown.End();
                call.Settle(isSent: true);
                call.Reset();
                return;
            }
        }
        catch (IpcException)
        {
            // It cannot be written, or the channel closed: that is told, or not, as for every other call.
        }

        // The reader does not wait until a large answer has gone: the peer's may be doing the same.
        _inlineCall = new IpcCall(this);
        lock (_calls)
        {
            _answering++;
            CountBytes(call, call.ResultMemory.Length);
        }

        _ = SendAnswerAsync(call, failure);
    }

    private IpcRoute? FindRoute(in IpcMessage request, out IpcError? error)
    {
        try
        {
            error = null;
            if (_options.Route(request.Name) is { } route)
            {
                return route;
            }

            error = new IpcError(IpcErrorCode.MethodNotFound, $"There is no command \"{request.Name}\".");
        }
        catch (Exception exception)
        {
            // What escapes from here would end the reading of the channel.
            error = new IpcError(IpcErrorCode.InternalError, $"\"{request.Name}\" could not be looked up.");
            Report(exception);
        }

        return null;
    }

    private IpcError? Register(IpcCall call)
    {
        lock (_calls)
        {
            if (_closed)
            {
                return new IpcError(IpcErrorCode.ShuttingDown, "The peer is closing.");
            }

            // Answers that the peer does not take are work under way too: otherwise nothing would bound them.
            var inFlight = _calls.Count + _answering;
            if (inFlight >= _options.Limits.MaxRequestsInFlight)
            {
                return new IpcError(IpcErrorCode.Busy, $"{inFlight:N0} calls are under way, which is the limit.");
            }

            if (_bytesInFlight > 0 && _bytesInFlight + call.Arguments.Length > _options.Limits.MaxBytesInFlight)
            {
                return new IpcError(IpcErrorCode.Busy, $"{_bytesInFlight:N0} bytes of calls are under way, and at most {_options.Limits.MaxBytesInFlight:N0} may be.");
            }

            if (!_calls.TryAdd(call.Id, call))
            {
                return new IpcError(IpcErrorCode.InvalidRequest, $"A call with the id \"{call.Id}\" is under way already.");
            }

            CountBytes(call, call.Arguments.Length);
            return null;
        }
    }

    // Under the lock.
    private void CountBytes(IpcCall call, int bytes)
    {
        call.CountedBytes += bytes;
        _bytesInFlight += bytes;
    }

    private IpcCall? FindCall(IpcId id)
    {
        lock (_calls)
        {
            return _calls.GetValueOrDefault(id);
        }
    }

    internal void Complete(IpcCall call, Exception? exception)
    {
        bool isWanted;
        lock (_calls)
        {
            isWanted = _calls.Remove(call.Id) && !_closed;
            if (isWanted)
            {
                _answering++;
                CountBytes(call, call.ResultMemory.Length);
            }
        }

        if (!isWanted)
        {
            _ = call.EndAsync();
            call.Release();
            _shutdown.End();
            return;
        }

        _ = SendAnswerAsync(call, exception);
    }

    private async Task SendAnswerAsync(IpcCall call, Exception? exception)
    {
        try
        {
            try
            {
                var unreported = await call.EndAsync().ConfigureAwait(false);
                var failure = exception ?? unreported;
                await _channel.SendAsync(AnswerOf(call, failure)).ConfigureAwait(false);
                call.Settle(isSent: !call.IsStream && failure is null);
            }
            catch (Exception refused) when (!IsGone(refused))
            {
                // The answer cannot be written (a line feed in raw JSON, too large, an exception without a text): the caller gets
                // told, not left waiting.
                var error = new IpcError(IpcErrorCode.InternalError, $"\"{call.Method}\" gave an answer that cannot be sent: {refused.Message}");
                await _channel.SendAsync(IpcMessage.Failure(call.Id, error)).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (!IsGone(failure))
        {
            Report(failure);
        }
        catch (IpcException)
        {
            // The channel closed: nobody is left to answer.
        }
        finally
        {
            if (exception is not null)
            {
                // What the command began and left behind, such as the producer of its stream, works for nobody.
                call.Cancel();
            }

            call.Release();
            lock (_calls)
            {
                _answering--;
                _bytesInFlight -= call.CountedBytes;
            }

            _shutdown.End();
        }
    }

    private static bool IsGone(Exception exception) => exception is IpcException { Code: IpcErrorCode.Disconnected or IpcErrorCode.ShuttingDown };

    private IpcMessage AnswerOf(IpcCall call, Exception? exception)
    {
        var error = exception is null ? null : ErrorOf(call, exception);
        return call.IsStream
            ? new IpcMessage { Kind = IpcMessageKind.Done, Id = call.Id, Error = error }
            : new IpcMessage { Kind = IpcMessageKind.Response, Id = call.Id, Error = error, Data = error is null ? call.ResultMemory : default, IsBinary = error is null && call.IsResultBinary };
    }

    private IpcError ErrorOf(IpcCall call, Exception exception)
    {
        switch (exception)
        {
            case IpcException known:
                return known.Error;

            case OperationCanceledException when call.IsCancelled:
                return new IpcError(IpcErrorCode.Cancelled, $"\"{call.Method}\" was cancelled.");

            default:
                return new IpcError(IpcErrorCode.InternalError, exception.Message, DetailsOf(exception));
        }
    }

    private ReadOnlyMemory<byte> DetailsOf(Exception exception)
    {
        var json = new ArrayBufferWriter<byte>();
        json.Write("{\"type\":"u8);
        JsonText.WriteString(json, exception.GetType().FullName ?? exception.GetType().Name);

        if (_options.IncludeStackTraces && exception.StackTrace is { } trace)
        {
            json.Write(",\"stack\":"u8);
            JsonText.WriteString(json, trace);
        }

        json.Write("}"u8);
        return json.WrittenMemory;
    }

    private void CancelCalls()
    {
        IpcCall[] calls;
        lock (_calls)
        {
            calls = [.. _calls.Values];
            _calls.Clear();
        }

        foreach (var call in calls)
        {
            call.Cancel();
        }

        Volatile.Read(ref _waitingInline)?.Cancel();
    }
}
