using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Oriel.Ipc;

// Our requests, which the peer answers.
public sealed partial class IpcPeer
{
    private readonly Dictionary<IpcId, PendingRequest> _requests = [];
    private long _lastId;

    /// <summary>How many answers we wait for.</summary>
    internal int AnswersAwaited
    {
        get
        {
            lock (_requests)
            {
                return _requests.Count;
            }
        }
    }

    /// <summary>Calls a method of the peer.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="data">The arguments: one JSON value in UTF-8 without line feeds; empty for none.</param>
    /// <param name="timeout">How long to wait; <see cref="IpcPeerOptions.RequestTimeout"/> when null, <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Cancels the call, at the peer too.</param>
    /// <returns>The answer: one JSON value in UTF-8.</returns>
    /// <exception cref="IpcException">The call failed there, timed out, or the peer is gone.</exception>
    public async Task<ReadOnlyMemory<byte>> RequestAsync(string method, ReadOnlyMemory<byte> data, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(method);

        // One limit for both: a peer that does not read lets even the sending wait.
        using var limit = new CancellationTokenSource(timeout ?? _options.RequestTimeout, _options.TimeProvider);
        using var linked = cancellationToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token) : null;
        var token = linked?.Token ?? limit.Token;

        var pending = Register(new PendingRequest());
        try
        {
            await _channel.SendAsync(IpcMessage.Request(pending.Id, method, data), token).ConfigureAwait(false);
            return await pending.Answer.Task.WaitAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            Abandon(pending);
            cancellationToken.ThrowIfCancellationRequested();
            throw new IpcException(IpcErrorCode.Timeout, $"\"{method}\" did not answer within {timeout ?? _options.RequestTimeout}.");
        }
        finally
        {
            Remove(pending.Id);
        }
    }

    /// <summary>Calls a method of the peer that answers with a stream.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="data">The arguments, as for <see cref="RequestAsync"/>.</param>
    /// <param name="credit">How many items the peer may send ahead of the reader, 1 to <see cref="MaxCredit"/>.</param>
    /// <param name="cancellationToken">Ends the stream, at the peer too; so does leaving the loop.</param>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> RequestStreamAsync(
        string method, ReadOnlyMemory<byte> data, int credit = 32, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        ArgumentOutOfRangeException.ThrowIfLessThan(credit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(credit, MaxCredit);

        var pending = Register(new PendingRequest(credit));
        try
        {
            await _channel.SendAsync(IpcMessage.Request(pending.Id, method, data, credit), cancellationToken).ConfigureAwait(false);

            // Credit is renewed by halves: a message of ours for every half window, and the peer never runs dry in between.
            var renewal = Math.Max(1, credit / 2);
            var consumed = 0;

            await foreach (var item in pending.Items!.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return item;

                if (++consumed == renewal)
                {
                    consumed = 0;
                    await _channel.SendAsync(new IpcMessage { Kind = IpcMessageKind.Credit, Id = pending.Id, Data = JsonNumber(renewal) }, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            if (Remove(pending.Id))
            {
                SendCancel(pending.Id);
            }
        }
    }

    private PendingRequest Register(PendingRequest pending)
    {
        pending.Id = new IpcId(Interlocked.Increment(ref _lastId));
        lock (_requests)
        {
            if (_closed)
            {
                throw Disconnected();
            }

            _requests.Add(pending.Id, pending);
        }

        return pending;
    }

    private bool Remove(IpcId id)
    {
        lock (_requests)
        {
            return _requests.Remove(id);
        }
    }

    // A message of an id that nobody waits for is an answer that came too late; there is nothing to do about it.
    private void Settle(in IpcMessage message)
    {
        PendingRequest? pending;
        lock (_requests)
        {
            pending = _requests.GetValueOrDefault(message.Id);

            if (message.Kind != IpcMessageKind.Next)
            {
                _requests.Remove(message.Id);
            }
        }

        if (pending is not null && !pending.TrySettle(message))
        {
            Remove(message.Id);
            SendCancel(message.Id);
        }
    }

    private void Abandon(PendingRequest pending)
    {
        if (Remove(pending.Id))
        {
            SendCancel(pending.Id);
        }
    }

    private void SendCancel(IpcId id)
    {
        if (!_closed)
        {
            _ = SendAsync();
        }

        async Task SendAsync()
        {
            try
            {
                await _channel.SendAsync(new IpcMessage { Kind = IpcMessageKind.Cancel, Id = id }).ConfigureAwait(false);
            }
            catch (IpcException)
            {
                // The channel closed, which cancels the call as well.
            }
        }
    }

    private void FailRequests()
    {
        PendingRequest[] requests;
        lock (_requests)
        {
            requests = [.. _requests.Values];
            _requests.Clear();
        }

        foreach (var request in requests)
        {
            request.Fail(Disconnected());
        }
    }

    private IpcException Disconnected() => new(IpcErrorCode.Disconnected, $"The peer \"{_channel.Name}\" is gone.");

    private static byte[] JsonNumber(int number) => System.Text.Encoding.ASCII.GetBytes(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A request of ours that is not answered yet; <see cref="Items"/> when its answer is a stream.</summary>
    private sealed class PendingRequest(int credit = 0)
    {
        public IpcId Id { get; set; }

        public TaskCompletionSource<ReadOnlyMemory<byte>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Channel<ReadOnlyMemory<byte>>? Items { get; } = credit > 0 ? Channel.CreateBounded<ReadOnlyMemory<byte>>(credit + 1) : null;

        /// <summary>Takes a message; false when the peer broke the rules and the stream is over.</summary>
        public bool TrySettle(in IpcMessage message)
        {
            if (message.Error is { } error)
            {
                var owned = error with { Data = error.Data.ToArray() };
                Fail(new IpcException(owned));
                return true;
            }

            switch (message.Kind)
            {
                case IpcMessageKind.Response:
                    var answer = message.Data.ToArray();
                    Answer.TrySetResult(answer);
                    Items?.Writer.TryWrite(answer);
                    Items?.Writer.TryComplete();
                    return true;

                case IpcMessageKind.Done:
                    Answer.TrySetResult(default);
                    Items?.Writer.TryComplete();
                    return true;

                case IpcMessageKind.Next when Items is null || !Items.Writer.TryWrite(message.Data.ToArray()):
                    Fail(new IpcException(IpcErrorCode.InvalidRequest, "The peer sent more items of a stream than it was allowed."));
                    return false;

                default:
                    return true;
            }
        }

        public void Fail(IpcException exception)
        {
            // A stream's reader gets the failure by its items; nobody awaits the answer then.
            if (Items is not null)
            {
                Items.Writer.TryComplete(exception);
            }
            else
            {
                Answer.TrySetException(exception);

                // Its caller may have gone meanwhile: a failure that nobody awaits is none.
                _ = Answer.Task.Exception;
            }
        }
    }
}
