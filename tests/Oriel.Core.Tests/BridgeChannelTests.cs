using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Oriel.Ipc;

namespace Oriel.Tests;

public sealed class BridgeChannelTests : IAsyncDisposable
{
    private readonly Loop _loop = new();
    private readonly List<IpcError> _refused = [];
    private readonly ConcurrentDictionary<string, IpcHandler> _handlers = new();
    private readonly ConcurrentQueue<string> _events = new();
    private readonly ConcurrentQueue<Exception> _errors = new();
    private readonly BridgeChannel _channel;
    private readonly IpcPeer _peer;
    private Func<string, ValueTask> _onEvent = static _ => ValueTask.CompletedTask;

    public BridgeChannelTests()
    {
        _channel = new BridgeChannel("test", _loop.Dispatcher, IpcLimits.Default, _refused.Add);
        _peer = new IpcPeer(_channel, new IpcPeerOptions
        {
            Route = method => _handlers.TryGetValue(method, out var handler) ? new IpcRoute(handler) : null,
            Limits = new IpcLimits { MaxQueuedEvents = 4 },
            OnError = _errors.Enqueue,
            OnEvent = async (name, _) =>
            {
                await _onEvent(name);
                _events.Enqueue(name);
            },
        });
        _peer.Start();
        _handlers["echo"] = static call =>
        {
            call.Result.Write(call.Arguments.Span);
            return ValueTask.CompletedTask;
        };
    }

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    [Fact]
    public void An_answer_goes_by_the_reply_of_its_post()
    {
        var reply = Post(Call(1, "echo", "5"));
        _loop.Until(() => reply.Count > 0);

        Assert.Equal("0\n{\"type\":\"response\",\"id\":\"1\",\"data\":5}\n", reply.Text);
    }

    [Fact]
    public void Nothing_is_returned_from_inside_of_the_engines_callback()
    {
        var reply = Post("rubbish");
        Assert.Equal(0, reply.Count);

        _loop.Drain();
        Assert.Equal(1, reply.Count);
    }

    [Fact]
    public void A_slow_call_does_not_hold_a_fast_one()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _handlers["slow"] = async _ => await gate.Task;
        var reply = Post(Call(1, "slow"), Call(2, "echo", "2"));
        _loop.Until(() => reply.Count > 0);
        Assert.Contains("\"id\":\"2\"", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"id\":\"1\"", reply.Text, StringComparison.Ordinal);

        gate.SetResult();
        Assert.Equal("{\"type\":\"response\",\"id\":\"1\",\"data\":null}\n", ReadDown());
    }

    [Fact]
    public void A_reply_tells_how_many_lines_were_sent_before_it()
    {
        _handlers["emits"] = async call =>
        {
            await _channel.SendAsync(IpcMessage.Event("a", default));
            await _channel.SendAsync(IpcMessage.Event("b", default));
        };
        var reply = Post(Call(1, "emits"));
        _loop.Until(() => reply.Count > 0);

        Assert.StartsWith("2\n", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Rubbish_is_answered_by_an_error_and_the_lines_beside_it_are_handled()
    {
        var reply = Post("rubbish", "{\"type\":\"request\",\"id\":\"7\",\"method\":\"\"}", "", Call(1, "echo", "1"));
        _loop.Until(() => reply.Count > 0 && _channel.Down.LinesTaken + reply.Text.Count(static c => c == '\n') - 1 == 2);

        // Those without an id are counted and logged; no call of the page's waits for them.
        Assert.Equal(3, _refused.Count);
        Assert.Contains("{\"type\":\"response\",\"id\":\"7\",\"error\":{\"code\":-32600", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Events_are_replied_to_when_they_were_taken()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _onEvent = async _ => await gate.Task;
        var reply = Post([.. Enumerable.Range(0, 20).Select(static i => $"{{\"type\":\"event\",\"event\":\"e{i}\"}}")]);
        var other = Post(Call(1, "echo"));
        _loop.Until(() => other.Count > 0);
        Assert.Equal(0, reply.Count);

        gate.SetResult();
        _loop.Until(() => reply.Count > 0 && _events.Count == 20);
        Assert.Equal("", reply.Text);
        Assert.Equal(Enumerable.Range(0, 20).Select(static i => $"e{i}"), _events);
    }

    [Fact]
    public void An_id_that_is_under_way_is_refused_and_the_first_call_is_answered()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _handlers["slow"] = async call =>
        {
            await gate.Task;
            call.Result.Write(call.Arguments.Span);
        };
        var first = Post(Call(1, "slow", "\"first\""));
        var second = Post(Call(1, "slow", "\"second\""));
        _loop.Until(() => second.Count > 0);
        Assert.Contains("-32600", second.Text, StringComparison.Ordinal);

        gate.SetResult();
        _loop.Until(() => first.Count > 0);
        Assert.Contains("first", first.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_that_cannot_be_written_is_an_error()
    {
        _handlers["raw"] = static call =>
        {
            call.Result.Write("1\n2"u8);
            return ValueTask.CompletedTask;
        };
        var reply = Post(Call(1, "raw"));
        _loop.Until(() => reply.Count > 0);

        var lines = reply.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Equal(-32603, JsonDocument.Parse(lines[1]).RootElement.GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public void An_answer_that_cannot_be_written_is_an_error_by_the_queue_too()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _handlers["raw"] = async call =>
        {
            await gate.Task;
            call.Result.Write("1\n2"u8);
        };
        var reply = Post(Call(1, "raw"), Call(2, "echo"));
        _loop.Until(() => reply.Count > 0);
        gate.SetResult();

        Assert.Contains("-32603", ReadDown(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_that_throws_half_a_surrogate_pair_is_answered()
    {
        _handlers["throws"] = static _ => throw new FormatException("a\ud800b");
        var reply = Post(Call(1, "throws"));
        _loop.Until(() => reply.Count > 0);

        Assert.Contains("\ufffd", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Acknowledgements_open_the_window()
    {
        var sent = _channel.SendAsync(IpcMessage.Event("a", Encoding.UTF8.GetBytes($"\"{new string('x', DownQueue.Window)}\""))).AsTask();
        Assert.True(sent.IsCompleted);
        var buffer = new byte[2 * DownQueue.Window];
        Assert.Equal(DownQueue.Window, _channel.Down.TryRead(buffer));
        foreach (var wrong in new[] { "\"5\"", "5.5", "-5", "null", "99999999999", "[5]" })
        {
            Post($"{{\"type\":\"credit\",\"data\":{wrong}}}");
        }

        Assert.Equal(0, _channel.Down.TryRead(buffer));
        var reply = Post("{\"type\":\"credit\",\"data\":5}");
        Assert.Equal(5, _channel.Down.TryRead(buffer));
        _loop.Until(() => reply.Count > 0);
        Assert.Equal("", reply.Text);
    }

    // A page's outstanding bytes are counted until the reply: a stream that never replied closed the window in the end.
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void The_post_of_a_stream_is_replied_to_when_the_stream_has_begun(int items)
    {
        _handlers["stream"] = async call =>
        {
            call.BeginStream();
            for (var i = 0; i < items; i++)
            {
                await call.SendItemAsync("1"u8.ToArray());
            }
        };
        var reply = Post("{\"type\":\"request\",\"id\":\"1\",\"method\":\"stream\",\"credit\":8,\"data\":null}");
        _loop.Until(() => reply.Count > 0 && _channel.Down.LinesTaken == items + 1);

        Assert.Equal("", reply.Text);
        Assert.EndsWith("{\"type\":\"done\",\"id\":\"1\",\"data\":null}\n", ReadDown(), StringComparison.Ordinal);
        Assert.Equal(0, _channel.CallsAwaited);
    }

    // A slow page: each answer is larger than what the queue takes of it, and all have to come.
    [Fact]
    public void Every_answer_comes_however_many_wait_for_the_page()
    {
        const int Calls = 3_000;

        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var large = Encoding.UTF8.GetBytes($"\"{new string('x', 10_000)}\"");
        _handlers["large"] = async call =>
        {
            await gate.Task;
            call.Result.Write(large);
        };
        var reply = Post([Call(0, "echo"), .. Enumerable.Range(1, Calls).Select(static id => Call(id, "large"))]);
        _loop.Until(() => reply.Count > 0);
        gate.SetResult();

        var buffer = new byte[64 * 1024];
        var lines = 0;
        _loop.Until(() =>
        {
            var count = _channel.Down.TryRead(buffer);
            _channel.Down.Acknowledge(count);
            lines += buffer.AsSpan(0, count).Count((byte)'\n');
            return lines == Calls;
        });
        Assert.Empty(_errors);
        Assert.Equal(0, _channel.CallsAwaited);
    }

    [Fact]
    public void Shutting_down_gives_every_reply_back_exactly_once()
    {
        _handlers["wait"] = static async call => await Task.Delay(Timeout.Infinite, call.CancellationToken);
        var handled = new TaskCompletionSource();
        _onEvent = async _ => await handled.Task;
        var replies = new List<FakeReply>
        {
            Post(Call(1, "wait")),
            Post(Call(2, "wait"), Call(3, "echo")),
            Post([.. Enumerable.Range(0, 10).Select(static _ => "{\"type\":\"event\",\"event\":\"e\"}")]),
            Post("rubbish", "{\"type\":\"event\",\"event\":\"e\"}", Call(4, "wait")),
        };
        _loop.Until(() => replies[1].Count > 0);
        replies.Add(Post(Call(5, "echo")));
        replies.Add(Post("rubbish"));

        _channel.Shutdown();
        _channel.Shutdown();
        handled.SetResult();
        replies.Add(Post(Call(6, "echo")));
        replies.Add(Post("{\"type\":\"event\",\"event\":\"e\"}"));
        _loop.Until(() => replies.All(static reply => reply.Count > 0) && _peer.RequestsInFlight == 0);
        _loop.Drain();

        Assert.All(replies, static reply => Assert.Equal(1, reply.Count));
        Assert.True(_channel.Closed.IsCompleted);
        Assert.Equal(0, _channel.CallsAwaited);
    }

    // The peer answers on many threads while the loop flushes and the session ends.
    [Fact]
    public void Answers_race_with_the_end_and_every_reply_is_given_back_once()
    {
        for (var round = 0; round < 100; round++)
        {
            var channel = new BridgeChannel("race", _loop.Dispatcher, IpcLimits.Default, static _ => { });
            var peer = new IpcPeer(channel, new IpcPeerOptions { Route = _ => new IpcRoute(_handlers["echo"]) });
            peer.Start();
            var replies = Enumerable.Range(0, 50).Select(i =>
            {
                var reply = new FakeReply();
                channel.Receive(Encoding.UTF8.GetBytes($"{Call(2 * i, "echo")}\n{Call((2 * i) + 1, "echo")}"), reply);
                if (i % 10 == 0)
                {
                    _loop.Drain();
                }

                return reply;
            }).ToArray();

            var ending = Task.Run(() => peer.DisposeAsync().AsTask());
            _loop.Until(() => ending.IsCompleted && replies.All(static reply => reply.Count > 0));
            _loop.Drain();
            Assert.All(replies, static reply => Assert.Equal(1, reply.Count));
        }
    }

    [Fact]
    public void Many_calls_are_answered_each_by_its_own_and_leave_nothing()
    {
        const int Posts = 2_000;

        var replies = Enumerable.Range(0, Posts).Select(i => Post(Call(2 * i, "echo", $"{2 * i}"), Call((2 * i) + 1, "echo", $"{(2 * i) + 1}"))).ToArray();
        _loop.Until(() => _channel.CallsAwaited == 0 && replies.All(static reply => reply.Count > 0) && _peer.RequestsInFlight == 0);

        var lines = replies.SelectMany(static reply => reply.Text.Split('\n').Skip(1)).Concat(Lines(_channel.Down)).Where(static line => line.Length > 0);
        var answered = lines.Select(static line => JsonDocument.Parse(line).RootElement).ToDictionary(static answer => int.Parse(answer.GetProperty("id").GetString()!, System.Globalization.CultureInfo.InvariantCulture), static answer => answer.GetProperty("data").GetInt32());
        Assert.Equal(2 * Posts, answered.Count);
        Assert.All(answered, static pair => Assert.Equal(pair.Key, pair.Value));
    }

    [Fact]
    public async Task A_page_cannot_be_read_by_waiting() => await Assert.ThrowsAsync<NotSupportedException>(async () => await _channel.ReceiveAsync());

    private static string Call(int id, string method, string data = "null") => $"{{\"type\":\"request\",\"id\":\"{id}\",\"method\":\"{method}\",\"data\":{data}}}";

    private static string[] Lines(DownQueue queue)
    {
        var buffer = new byte[1024 * 1024];
        return Encoding.UTF8.GetString(buffer, 0, queue.TryRead(buffer)).Split('\n');
    }

    private FakeReply Post(params string[] lines)
    {
        var reply = new FakeReply();
        _channel.Receive(Encoding.UTF8.GetBytes(string.Join('\n', lines)), reply);
        return reply;
    }

    private string ReadDown()
    {
        var buffer = new byte[10_000];
        var count = 0;
        _loop.Until(() => (count = _channel.Down.TryRead(buffer)) > 0);
        return Encoding.UTF8.GetString(buffer, 0, count);
    }
}
