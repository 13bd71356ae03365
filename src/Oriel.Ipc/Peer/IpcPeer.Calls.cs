using System.Buffers;

namespace Oriel.Ipc;

// The peer's requests, which we answer.
public sealed partial class IpcPeer
{
    private readonly Dictionary<IpcId, IpcCall> _calls = [];
    private int _answering;

    private void BeginCall(in IpcMessage request)
    {
        if (!TryRoute(request, out var found))
        {
            return;
        }

        if (found is not { } route)
        {
            Refuse(request.Id, new IpcError(IpcErrorCode.MethodNotFound, $"There is no command \"{request.Name}\"."));
            return;
        }

        var call = new IpcCall(this, request, route.Handler);
        if (Register(call) is { } error)
        {
            call.Release();
            Refuse(request.Id, error);
            return;
        }

        if (route.Context is { } context)
        {
            context.Post(static call => ((IpcCall)call!).Run(), call);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(call, preferLocal: false);
        }
    }

    private bool TryRoute(in IpcMessage request, out IpcRoute? route)
    {
        try
        {
            route = _options.Route(request.Name);
            return true;
        }
        catch (Exception exception)
        {
            // What escapes from here would end the reading of the channel.
            route = null;
            Refuse(request.Id, new IpcError(IpcErrorCode.InternalError, $"\"{request.Name}\" could not be looked up."));
            Report(exception);
            return false;
        }
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

            return _calls.TryAdd(call.Id, call)
                ? null
                : new IpcError(IpcErrorCode.InvalidRequest, $"A call with the id \"{call.Id}\" is under way already.");
        }
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
            }
        }

        if (!isWanted)
        {
            call.Release();
            return;
        }

        _ = AnswerAsync(call, exception);
    }

    private async Task AnswerAsync(IpcCall call, Exception? exception)
    {
        try
        {
            try
            {
                await _channel.SendAsync(AnswerOf(call, exception)).ConfigureAwait(false);
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
            call.Release();
            lock (_calls)
            {
                _answering--;
            }
        }
    }

    private static bool IsGone(Exception exception) => exception is IpcException { Code: IpcErrorCode.Disconnected or IpcErrorCode.ShuttingDown };

    private IpcMessage AnswerOf(IpcCall call, Exception? exception)
    {
        var error = exception is null ? null : ErrorOf(call, exception);
        return call.IsStream
            ? new IpcMessage { Kind = IpcMessageKind.Done, Id = call.Id, Error = error }
            : new IpcMessage { Kind = IpcMessageKind.Response, Id = call.Id, Error = error, Data = error is null ? call.ResultMemory : default };
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

    private void Refuse(IpcId id, IpcError error) => _ = RefuseAsync(id, error);

    private async Task RefuseAsync(IpcId id, IpcError error)
    {
        try
        {
            await _channel.SendAsync(IpcMessage.Failure(id, error)).ConfigureAwait(false);
        }
        catch (IpcException)
        {
            // The channel closed: nobody is left to tell.
        }
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
    }
}
