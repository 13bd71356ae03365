using System.Buffers;
using System.Text.Json;
using static Oriel.Ipc.Tests.Envelope;

namespace Oriel.Ipc.Tests;

public sealed class IpcPeerTests
{
    [Fact]
    public async Task A_request_is_answered()
    {
        await using var peers = new Peers();
        peers.Handlers["echo"] = Peers.EchoAsync;

        Assert.Equal("""{"a":1}""", Text(await peers.CallAsync("echo", """{"a":1}""").InTime()));
    }

    [Fact]
    public async Task A_handler_that_waits_answers_when_it_has_finished()
    {
        await using var peers = new Peers();
        peers.Handlers["wait"] = static async call =>
        {
            await Task.Yield();
            call.Result.Write("1"u8);
        };

        Assert.Equal("1", Text(await peers.CallAsync("wait").InTime()));
    }

    [Fact]
    public async Task An_unknown_method_is_refused_at_once_by_its_name()
    {
        await using var peers = new Peers();
        var exception = await Assert.ThrowsAsync<IpcException>(() => peers.CallAsync("nope").InTime());

        Assert.Equal(IpcErrorCode.MethodNotFound, exception.Code);
        Assert.Contains("\"nope\"", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_exception_crosses_with_its_type_and_with_its_stack_only_when_asked(bool withStack)
    {
        await using var peers = new Peers(new IpcPeerOptions { IncludeStackTraces = withStack });
        peers.Handlers["throws"] = static _ => throw new FormatException("bad");
        peers.Handlers["fails"] = static async _ =>
        {
            await Task.Yield();
            throw new FormatException("bad");
        };

        foreach (var method in new[] { "throws", "fails" })
        {
            var error = (await Assert.ThrowsAsync<IpcException>(() => peers.CallAsync(method).InTime())).Error;
            var data = JsonDocument.Parse(error.Data).RootElement;

            Assert.Equal(((int)IpcErrorCode.InternalError, "bad", "System.FormatException"), (error.Code, error.Message, data.GetProperty("type").GetString()));
            Assert.Equal(withStack, data.TryGetProperty("stack", out var stack) && stack.GetString()!.Contains(nameof(IpcPeerTests), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task An_IpcException_of_a_handler_is_the_answer_word_for_word()
    {
        await using var peers = new Peers();
        peers.Handlers["denied"] = static _ => throw new IpcException(new IpcError(42, "no", Utf8("[1]")));
        var error = (await Assert.ThrowsAsync<IpcException>(() => peers.CallAsync("denied").InTime())).Error;

        Assert.Equal((42, "no", "[1]"), (error.Code, error.Message, Text(error.Data)));
    }

    [Fact]
    public async Task An_exception_that_cannot_even_say_what_it_is_still_answers_the_call()
    {
        await using var peers = new Peers();
        peers.Handlers["throws"] = static _ => throw new MuteException();
        var exception = await Assert.ThrowsAsync<IpcException>(() => peers.CallAsync("throws").InTime());

        Assert.Equal(IpcErrorCode.InternalError, exception.Code);
    }

    [Fact]
    public async Task A_route_that_throws_answers_the_call_and_the_peer_goes_on()
    {
        await using var raw = new RawPeer(static method => method == "echo" ? new IpcRoute(Peers.EchoAsync) : throw new InvalidOperationException("route"));
        await raw.SendAsync(IpcMessage.Request(new IpcId(1), "bad", default));
        await raw.SendAsync(IpcMessage.Request(new IpcId(2), "echo", Utf8("2")));

        var answers = new[] { await raw.ReceiveAsync(), await raw.ReceiveAsync() }.ToDictionary(static answer => answer.Id.ToString());
        Assert.Equal((int)IpcErrorCode.InternalError, answers["1"].Error?.Code);
        Assert.Equal("2", Text(answers["2"].Data));
    }

    [Fact]
    public async Task Requests_are_answered_concurrently()
    {
        await using var peers = new Peers();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        peers.Handlers["slow"] = async _ => await gate.Task;
        peers.Handlers["fast"] = static _ => ValueTask.CompletedTask;
        var slow = peers.CallAsync("slow");
        await peers.CallAsync("fast").InTime();
        Assert.False(slow.IsCompleted);

        gate.SetResult();
        await slow.InTime();
    }

    [Fact]
    public async Task A_caller_that_cancels_cancels_the_handler()
    {
        await using var peers = new Peers();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        peers.Handlers["wait"] = async call =>
        {
            await using var registration = call.CancellationToken.Register(cancelled.SetResult);
            started.SetResult();
            await Task.Delay(Timeout.Infinite, call.CancellationToken);
        };
        using var cancellation = new CancellationTokenSource();
        var call = peers.CallAsync("wait", cancellationToken: cancellation.Token);
        await started.Task.InTime();
        await cancellation.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.InTime());
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        await cancelled.Task.InTime();
        await Soon.UntilAsync(() => peers.Server.RequestsInFlight == 0);
    }

    [Fact]
    public async Task A_call_that_was_cancelled_before_its_handler_looked_is_cancelled_when_it_looks()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var raw = new RawPeer(_ => new IpcRoute(async call =>
        {
            await gate.Task;
            call.CancellationToken.ThrowIfCancellationRequested();
        }));
        await raw.SendAsync(IpcMessage.Request(new IpcId(1), "a", default));
        await raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Cancel, Id = new IpcId(1) });
        await raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Cancel, Id = new IpcId(99) });
        await raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Ping });
        Assert.Equal(IpcMessageKind.Pong, (await raw.ReceiveAsync()).Kind);
        gate.SetResult();

        Assert.Equal((int)IpcErrorCode.Cancelled, (await raw.ReceiveAsync()).Error?.Code);
    }

    [Fact]
    public async Task A_request_times_out_and_is_cancelled_at_the_peer()
    {
        var time = new ManualTime();
        await using var peers = new Peers(client: new IpcPeerOptions { TimeProvider = time });
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        peers.Handlers["wait"] = async call =>
        {
            await using var registration = call.CancellationToken.Register(cancelled.SetResult);
            started.SetResult();
            await cancelled.Task;
        };
        var call = peers.CallAsync("wait", timeout: TimeSpan.FromSeconds(5));
        await started.Task.InTime();
        await Soon.UntilAsync(() => time.Timers == 1);
        time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal(IpcErrorCode.Timeout, (await Assert.ThrowsAsync<IpcException>(() => call.InTime())).Code);
        await cancelled.Task.InTime();
        Assert.Equal(0, time.Timers);
    }

    [Fact]
    public async Task A_request_has_the_time_out_of_the_options_unless_told_otherwise()
    {
        var time = new ManualTime();
        await using var peers = new Peers(client: new IpcPeerOptions { TimeProvider = time, RequestTimeout = TimeSpan.FromSeconds(3) });
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        peers.Handlers["wait"] = async _ => await gate.Task;
        var usual = peers.CallAsync("wait");
        var endless = peers.CallAsync("wait", timeout: Timeout.InfiniteTimeSpan);
        await Soon.UntilAsync(() => time.Timers == 1 && peers.Server.RequestsInFlight == 2);
        time.Advance(TimeSpan.FromDays(10));
        Assert.Equal(IpcErrorCode.Timeout, (await Assert.ThrowsAsync<IpcException>(() => usual.InTime())).Code);

        gate.SetResult();
        await endless.InTime();
    }

    [Fact]
    public async Task A_request_times_out_though_the_peer_does_not_even_read()
    {
        var (first, _) = ThreadChannel.CreatePair(1);
        var time = new ManualTime();
        await using var client = new IpcPeer(first, new IpcPeerOptions { TimeProvider = time });
        client.Start();
        await client.EmitAsync("fills.the.channel", default);
        var call = client.RequestAsync("a", default, TimeSpan.FromSeconds(1)).AsTask();
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(IpcErrorCode.Timeout, (await Assert.ThrowsAsync<IpcException>(() => call.InTime())).Code);
    }

    [Fact]
    public async Task An_id_that_is_under_way_already_is_refused_and_the_first_call_goes_on()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var raw = new RawPeer(_ => new IpcRoute(async call =>
        {
            await gate.Task;
            call.Result.Write(call.Arguments.Span);
        }));
        await raw.SendAsync(IpcMessage.Request(new IpcId("x"), "a", Utf8("1")));
        await raw.SendAsync(IpcMessage.Request(new IpcId("x"), "a", Utf8("2")));
        Assert.Equal((int)IpcErrorCode.InvalidRequest, (await raw.ReceiveAsync()).Error?.Code);

        gate.SetResult();
        Assert.Equal("1", Text((await raw.ReceiveAsync()).Data));
        await raw.SendAsync(IpcMessage.Request(new IpcId("x"), "a", Utf8("3")));
        Assert.Equal("3", Text((await raw.ReceiveAsync()).Data));
    }

    [Fact]
    public async Task Requests_beyond_the_limit_are_refused_as_busy()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var peers = new Peers(new IpcPeerOptions { Limits = new IpcLimits { MaxRequestsInFlight = 3 } });
        peers.Handlers["wait"] = async _ => await gate.Task;
        var calls = Enumerable.Range(0, 3).Select(_ => peers.CallAsync("wait")).ToArray();
        Assert.Equal(IpcErrorCode.Busy, (await Assert.ThrowsAsync<IpcException>(() => peers.CallAsync("wait").InTime())).Code);

        gate.SetResult();
        await Task.WhenAll(calls).InTime();
        await Soon.UntilAsync(() => peers.Server.RequestsInFlight == 0);
        await peers.CallAsync("wait").InTime();
    }

    // A peer that calls and does not read leaves the answers with us: they are work under way, or they would have no bound.
    [Fact]
    public async Task Answers_that_wait_for_the_peer_count_as_requests_in_flight()
    {
        await using var raw = new RawPeer(static _ => new IpcRoute(Peers.EchoAsync), new IpcPeerOptions { Limits = new IpcLimits { MaxRequestsInFlight = 5 } }, capacity: 1);
        for (var i = 0; i < 5; i++)
        {
            await raw.SendAsync(IpcMessage.Request(new IpcId(i), "a", Utf8($"{i}")));
        }

        await raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Cancel, Id = new IpcId(99) });
        await Soon.UntilAsync(() => raw.Peer.RequestsInFlight == 4);
        for (var i = 0; i < 5; i++)
        {
            Assert.Null((await raw.ReceiveAsync()).Error);
        }

        await Soon.UntilAsync(() => raw.Peer.RequestsInFlight == 0);
    }

    [Fact]
    public async Task A_ping_is_answered_with_its_id_and_its_data()
    {
        await using var raw = new RawPeer();
        await raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Ping, Id = new IpcId("p"), Data = Utf8("[1]") });
        var pong = await raw.ReceiveAsync();

        Assert.Equal((IpcMessageKind.Pong, new IpcId("p"), "[1]"), (pong.Kind, pong.Id, Text(pong.Data)));
    }

    [Fact]
    public async Task What_nobody_waits_for_is_ignored()
    {
        await using var raw = new RawPeer();
        foreach (var kind in Enum.GetValues<IpcMessageKind>().Where(static kind => kind is not (IpcMessageKind.Request or IpcMessageKind.Ping)))
        {
            await raw.SendAsync(new IpcMessage { Kind = kind });
            await raw.SendAsync(new IpcMessage { Kind = kind, Id = new IpcId(5), Data = Utf8("\"x\"") });
        }

        await raw.SendAsync(new IpcMessage { Kind = IpcMessageKind.Ping });
        Assert.Equal(IpcMessageKind.Pong, (await raw.ReceiveAsync()).Kind);
        Assert.Empty(raw.Errors);
    }

    [Fact]
    public async Task Events_are_handled_one_at_a_time_in_order()
    {
        var seen = new List<string>();
        var running = 0;
        var most = 0;
        await using var peers = new Peers(new IpcPeerOptions
        {
            OnEvent = async (name, data) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                await Task.Yield();
                seen.Add($"{name}{Text(data)}");
                Interlocked.Decrement(ref running);
            },
        });
        for (var i = 0; i < 5_000; i++)
        {
            await peers.Client.EmitAsync("e", Utf8($"{i}"));
        }

        await Soon.UntilAsync(() => seen.Count == 5_000 && Volatile.Read(ref running) == 0);
        Assert.Equal(1, most);
        Assert.Equal(Enumerable.Range(0, 5_000).Select(static i => $"e{i}"), seen);
    }

    [Fact]
    public async Task An_event_handler_that_throws_is_reported_and_the_next_event_is_handled()
    {
        var handled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var peers = new Peers(new IpcPeerOptions
        {
            OnEvent = (name, _) =>
            {
                if (name == "bad")
                {
                    throw new FormatException();
                }

                handled.SetResult();
                return ValueTask.CompletedTask;
            },
        });
        await peers.Client.EmitAsync("bad", default);
        await peers.Client.EmitAsync("good", default);
        await handled.Task.InTime();

        Assert.IsType<FormatException>(Assert.Single(peers.Errors));
    }

    [Fact]
    public async Task A_report_that_throws_does_not_end_the_handling_of_events()
    {
        var handled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (first, second) = ThreadChannel.CreatePair();
        await using var peer = new IpcPeer(second, new IpcPeerOptions
        {
            OnEvent = (name, _) => name == "bad" ? throw new FormatException() : Done(),
            OnError = static _ => throw new InvalidOperationException("The log is gone."),
        });
        peer.Start();
        await first.SendAsync(IpcMessage.Event("bad", default));
        await first.SendAsync(IpcMessage.Event("good", default));

        await handled.Task.InTime();

        ValueTask Done()
        {
            handled.SetResult();
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public async Task Events_wait_with_their_sender_beyond_the_bound()
    {
        var gate = new SemaphoreSlim(0);
        var handled = 0;
        await using var peers = new Peers(
            new IpcPeerOptions
            {
                Limits = new IpcLimits { MaxQueuedEvents = 2 },
                OnEvent = async (_, _) =>
                {
                    await gate.WaitAsync();
                    Interlocked.Increment(ref handled);
                },
            },
            capacity: 1);
        var sent = 0;
        var sending = Task.Run(async () =>
        {
            for (; sent < 100; Interlocked.Increment(ref sent))
            {
                await peers.Client.EmitAsync("e", default);
            }
        });
        await Soon.UntilAsync(() => Volatile.Read(ref sent) >= 4);

        // One is handled, two wait, one is being queued, one is in the channel, and the sender holds the next.
        Assert.InRange(Volatile.Read(ref sent), 4, 6);
        gate.Release(100);
        await sending.InTime();
        await Soon.UntilAsync(() => Volatile.Read(ref handled) == 100);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_sent_becomes_an_error()
    {
        var channel = new FakeChannel();
        await using var peer = new IpcPeer(channel, new IpcPeerOptions { Route = static _ => new IpcRoute(Peers.EchoAsync) });
        peer.Start();
        await channel.Handler!(IpcMessage.Request(new IpcId(1), "raw", Utf8("1\n2")));

        var answer = await channel.Answer.Task.InTime();
        Assert.Equal((int)IpcErrorCode.InternalError, answer.Error?.Code);
    }

    [Fact]
    public async Task Many_calls_leave_nothing_behind()
    {
        const int Count = 100_000;
        const int Lanes = 64;

        var time = new ManualTime();
        await using var peers = new Peers(client: new IpcPeerOptions { TimeProvider = time });
        peers.Handlers["echo"] = Peers.EchoAsync;
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(async () =>
        {
            for (var i = lane; i < Count; i += Lanes)
            {
                Assert.Equal($"{i}", Text(await peers.CallAsync("echo", $"{i}")));
            }
        }))).WaitAsync(5 * Soon.Limit);

        await Soon.UntilAsync(() => peers.Server.RequestsInFlight == 0);
        Assert.InRange(time.Timers, 0, 1);
        Assert.Equal(0, peers.Client.AnswersAwaited);
        Assert.Empty(peers.Errors);
    }

    // An answer, a time-out, a cancellation and the end of the peer race for each call: one of them wins, every time.
    [Fact]
    public async Task Answers_time_outs_and_cancellations_race_and_every_call_ends_once()
    {
        const int Count = 20_000;

        var time = new ManualTime();
        await using var peers = new Peers(client: new IpcPeerOptions { TimeProvider = time, RequestTimeout = TimeSpan.FromSeconds(1) });
        peers.Handlers["echo"] = static async call =>
        {
            // Some never answer, so that some time out whatever the machine does.
            if (call.Arguments.Span[^1] == (byte)'7')
            {
                await Task.Delay(Timeout.Infinite, call.CancellationToken);
            }

            await Task.Yield();
            call.Result.Write(call.Arguments.Span);
        };
        using var stop = new CancellationTokenSource();
        var ticking = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                time.Advance(TimeSpan.FromMilliseconds(20));
                await Task.Yield();
            }
        });
        var outcomes = new int[3];

        await Task.WhenAll(Enumerable.Range(0, 8).Select(lane => Task.Run(async () =>
        {
            for (var i = lane; i < Count; i += 8)
            {
                using var cancellation = new CancellationTokenSource();
                var call = peers.CallAsync("echo", $"{i}", cancellationToken: cancellation.Token);
                var cancelling = i % 3 == 0 ? cancellation.CancelAsync() : Task.CompletedTask;
                try
                {
                    Assert.Equal($"{i}", Text(await call));
                    Interlocked.Increment(ref outcomes[0]);
                }
                catch (IpcException exception) when (exception.Code == IpcErrorCode.Timeout)
                {
                    Interlocked.Increment(ref outcomes[1]);
                }
                catch (OperationCanceledException)
                {
                    Interlocked.Increment(ref outcomes[2]);
                }

                await cancelling;
            }
        }))).WaitAsync(5 * Soon.Limit);
        await stop.CancelAsync();
        await ticking.InTime();

        Assert.Equal(Count, outcomes.Sum());
        Assert.All(outcomes, static count => Assert.NotEqual(0, count));
        await Soon.UntilAsync(() => peers.Server.RequestsInFlight == 0);
        Assert.Equal(0, peers.Client.AnswersAwaited);
        Assert.Empty(peers.Errors);
    }

    private sealed class MuteException : Exception
    {
        public override string Message => throw new InvalidOperationException("Nothing to say.");
    }
}
