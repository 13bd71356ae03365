using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Oriel.Ipc;

// Our requests, which the peer answers.
public sealed partial class IpcPeer
{
    // Timers take no more than 49 days.
    private static readonly TimeSpan LongestSend = TimeSpan.FromDays(40);

    private const int DefaultCredit = 32;

    private readonly RequestTable _requests;

    /// <summary>How many answers we wait for.</summary>
    internal int AnswersAwaited => _requests.Count;

    /// <summary>Calls a method of the peer.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="data">The arguments: one JSON value in UTF-8 without line feeds, empty for none; or bytes.</param>
    /// <param name="timeout">How long to wait; <see cref="IpcPeerOptions.RequestTimeout"/> when null, <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Cancels the call, at the peer too.</param>
    /// <returns>The answer, which is the caller's own. Await it once.</returns>
    /// <exception cref="IpcException">The call failed there, timed out, or the peer is gone.</exception>
    public ValueTask<IpcPayload> RequestAsync(string method, IpcPayload data, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        BeginRequest(method, data, null, timeout, cancellationToken);

    /// <summary>Calls a method of the peer, and has the answer written where the caller says: without a copy of it in between.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="data">The arguments, as for the other overload.</param>
    /// <param name="output">Takes the answer; it is not to be touched before the task has completed.</param>
    /// <param name="timeout">How long to wait, as for the other overload.</param>
    /// <param name="cancellationToken">Cancels the call, at the peer too.</param>
    /// <returns>Whether the answer is bytes rather than JSON.</returns>
    /// <exception cref="IpcException">The call failed there, timed out, or the peer is gone.</exception>
    public async ValueTask<bool> RequestAsync(string method, IpcPayload data, IBufferWriter<byte> output, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        return (await BeginRequest(method, data, output, timeout, cancellationToken).ConfigureAwait(false)).IsBinary;
    }

    private ValueTask<IpcPayload> BeginRequest(string method, IpcPayload data, IBufferWriter<byte>? output, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        cancellationToken.ThrowIfCancellationRequested();

        var pending = _requests.Reuse() ?? new PendingRequest(this, !_options.AllowSynchronousContinuations);
        pending.Output = output;
        Register(pending, method, timeout ?? _options.RequestTimeout);
        var answer = pending.Answer;
        try
        {
            if (!_channel.TrySend(IpcMessage.Request(pending.Id, method, data)))
            {
                return SendSlowlyAsync(pending, data, timeout ?? _options.RequestTimeout, cancellationToken);
            }
        }
        catch
        {
            Forget(pending.Id);
            throw;
        }

        OnSent(pending, cancellationToken);
        return answer;
    }

    /// <summary>Calls a method of the peer that answers with a stream.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="data">The arguments, as for a request.</param>
    /// <param name="credit">How many items the peer may send ahead of the reader, 1 to <see cref="MaxCredit"/>.</param>
    /// <param name="cancellationToken">Ends the stream, at the peer too; so does leaving the loop.</param>
    public IAsyncEnumerable<IpcPayload> RequestStreamAsync(string method, IpcPayload data, int credit = DefaultCredit, CancellationToken cancellationToken = default) =>
        ReadItemsAsync(method, data, credit, null, cancellationToken);

    /// <summary>Calls a method of the peer that answers with a stream, or with progress and a single answer behind it.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="data">The arguments, as for a request.</param>
    /// <param name="onItem">Takes the items one at a time.</param>
    /// <param name="cancellationToken">Ends the call, at the peer too.</param>
    /// <returns>The single answer; null when the answer was a stream.</returns>
    internal async ValueTask<IpcPayload?> RequestItemsAsync(string method, IpcPayload data, Func<IpcPayload, ValueTask> onItem, CancellationToken cancellationToken)
    {
        var answer = new StrongBox<IpcPayload?>();
        await foreach (var item in ReadItemsAsync(method, data, DefaultCredit, answer, cancellationToken).ConfigureAwait(false))
        {
            await onItem(item).ConfigureAwait(false);
        }

        return answer.Value;
    }

    private async IAsyncEnumerable<IpcPayload> ReadItemsAsync(
        string method, IpcPayload data, int credit, StrongBox<IpcPayload?>? answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        ArgumentOutOfRangeException.ThrowIfLessThan(credit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(credit, MaxCredit);

        // The last report of a command may come beyond the credit.
        var items = System.Threading.Channels.Channel.CreateBounded<IpcPayload>(new BoundedChannelOptions(credit + 1) { SingleReader = true, SingleWriter = true });
        var pending = new PendingRequest(this, runContinuationsAsynchronously: true) { Items = items };
        Register(pending, method, Timeout.InfiniteTimeSpan);
        var id = pending.Id;
        try
        {
            await _channel.SendAsync(IpcMessage.Request(id, method, data, credit), cancellationToken).ConfigureAwait(false);

            // Credit is renewed by halves: a message of ours for every half window, and the peer never runs dry in between.
            var renewal = Math.Max(1, credit / 2);
            var consumed = 0;

            await foreach (var item in items.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return item;

                if (++consumed == renewal)
                {
                    consumed = 0;
                    await _channel.SendAsync(new IpcMessage { Kind = IpcMessageKind.Credit, Id = id, Data = JsonNumber(renewal) }, cancellationToken).ConfigureAwait(false);
                }
            }

            // A single answer is the last item of a stream, unless somebody wants to know it from the others.
            if (answer is not null)
            {
                answer.Value = pending.StreamAnswer;
            }
            else if (pending.StreamAnswer is { } last)
            {
                yield return last;
            }
        }
        finally
        {
            if (Forget(id))
            {
                SendCancel(id);
            }
        }
    }

    /// <summary>Takes a request back whose answer has been taken.</summary>
    internal void Recycle(PendingRequest pending) => _requests.Keep(pending);

    /// <summary>Ends a request from this side, unless it has ended.</summary>
    internal void Abandon(IpcId id, Exception reason)
    {
        if (_requests.Take(id) is { } pending)
        {
            _shutdown.End();
            if (pending.MarkOver())
            {
                SendCancel(id);
            }

            pending.Fail(reason);
        }
    }

    private void Register(PendingRequest pending, string method, TimeSpan timeout)
    {
        if (!_shutdown.TryBegin())
        {
            throw _closed ? Disconnected() : new IpcException(IpcErrorCode.ShuttingDown, "The peer is closing.");
        }

        pending.Method = method;
        try
        {
            _requests.Add(pending, timeout);
            while (IsStream(pending.Id) && _requests.Take(pending.Id) is not null)
            {
                // The peer has named a stream like it. No id is given twice.
                _requests.Add(pending, timeout);
            }
        }
        catch
        {
            _shutdown.End();
            throw;
        }

        _events?.OnAnswerAwaited();
    }

    private bool Forget(IpcId id)
    {
        if (_requests.Take(id) is null)
        {
            return false;
        }

        _shutdown.End();
        return true;
    }

    // A peer that does not read lets even the sending wait: one limit for both.
    private async ValueTask<IpcPayload> SendSlowlyAsync(PendingRequest pending, IpcPayload data, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var (id, method, answer) = (pending.Id, pending.Method, pending.Answer);
        using var limit = new CancellationTokenSource(timeout > LongestSend ? Timeout.InfiniteTimeSpan : timeout, _options.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await _channel.SendAsync(IpcMessage.Request(id, method, data), linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Forget(id);
            cancellationToken.ThrowIfCancellationRequested();
            throw TimedOut(method, timeout);
        }
        catch
        {
            Forget(id);
            throw;
        }

        OnSent(pending, cancellationToken);
        return await answer.ConfigureAwait(false);
    }

    private void OnSent(PendingRequest pending, CancellationToken cancellationToken)
    {
        if (pending.TryMarkSent())
        {
            pending.CancelWith(cancellationToken);
        }
        else
        {
            // It timed out between its registration and its sending.
            SendCancel(pending.Id);
        }
    }

    // A message of an id that nobody waits for is an answer that came too late; there is nothing to do about it.
    private void Settle(in IpcMessage message)
    {
        if (message.Id.IsNone)
        {
            if (message.Error is { } error)
            {
                Report(new IpcException(error with { Data = error.Data.ToArray() }));
            }

            return;
        }

        // First: whoever names a stream like a request of ours must not take what answers that.
        var pending = message.Kind == IpcMessageKind.Next ? _requests.Find(message.Id) : _requests.Take(message.Id);
        if (pending is null)
        {
            if (message.Kind != IpcMessageKind.Response)
            {
                Deliver(message);
            }

            return;
        }

        if (message.Kind == IpcMessageKind.Next)
        {
            if (pending.Items is null)
            {
                Abandon(message.Id, new IpcException(IpcErrorCode.InvalidRequest, "The peer answers with a stream: call it as one."));
                return;
            }

            if (!pending.Settle(message) && Forget(message.Id))
            {
                SendCancel(message.Id);
            }

            return;
        }

        _shutdown.End();
        _channel.Metrics.OnAnswered(_options.TimeProvider.GetElapsedTime(pending.StartedAt));
        pending.Settle(message);
    }

    private void OnTimeout(PendingRequest pending)
    {
        _shutdown.End();
        if (pending.MarkOver())
        {
            SendCancel(pending.Id);
        }

        pending.Fail(TimedOut(pending.Method, _options.TimeProvider.GetElapsedTime(pending.StartedAt, pending.Deadline)));
    }

    private void SendCancel(IpcId id) => Tell(new IpcMessage { Kind = IpcMessageKind.Cancel, Id = id });

    private void FailRequests()
    {
        foreach (var pending in _requests.Close())
        {
            _shutdown.End();
            pending.Fail(Disconnected());
        }
    }

    private IpcException Disconnected() => new(IpcErrorCode.Disconnected, _channel.Error is { } error ? $"The peer is gone: {error.Message}" : "The peer is gone.");

    private static IpcException TimedOut(string method, TimeSpan timeout) => new(IpcErrorCode.Timeout, $"\"{method}\" did not answer within {timeout}.");

    internal static byte[] JsonNumber(int number)
    {
        Span<byte> digits = stackalloc byte[11];
        Utf8Formatter.TryFormat(number, digits, out var written);
        return digits[..written].ToArray();
    }
}
