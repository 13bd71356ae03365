using System.Collections.Concurrent;
using System.IO.Pipes;
using System.Text;
using static Oriel.Ipc.Tests.Envelope;

namespace Oriel.Ipc.Tests;

/// <summary>Messages on standard input and output, between what a program prints.</summary>
public sealed class StdioChannelTests : IDisposable
{
    private readonly AnonymousPipeServerStream _childOutput = new(PipeDirection.Out);
    private readonly AnonymousPipeServerStream _childInput = new(PipeDirection.In);
    private readonly ConcurrentQueue<string> _strays = new();

    public void Dispose()
    {
        _childOutput.Dispose();
        _childInput.Dispose();
    }

    [Fact]
    public async Task What_a_child_prints_goes_to_the_log_and_is_no_error()
    {
        await using var parent = Parent();
        for (var i = 0; i < 100; i++)
        {
            Print($"line {i}\n\n");
        }

        Print("[1,2]\r\n\x01\x02 binary?\n{\"type\":\"event\",\"event\":\"a\",\"data\":1}\n");

        Assert.Equal("a", (await parent.ReceiveAsync().AsTask().InTime())?.Name);
        Assert.Equal([.. Enumerable.Range(0, 100).Select(static i => $"line {i}"), "[1,2]", "\x01\x02 binary?"], _strays);
        Assert.Equal((0, 1), (parent.Metrics.Snapshot().Errors, parent.Metrics.Snapshot().MessagesReceived));
        Assert.Null(parent.Error);
    }

    [Fact]
    public async Task Prints_and_messages_are_told_apart_wherever_the_stream_is_cut()
    {
        await using var parent = Parent(inPieces: true);
        Print("before {\"a\":1}\n{\"type\":\"event\",\"event\":\"a\",\"data\":\"x\"}\n  {indented\n{\"type\":\"event\",\"event\":\"b\",\"data\":2}\nafter\n");
        _childOutput.Dispose();

        Assert.Equal("\"x\"", Text((await parent.ReceiveAsync().AsTask().InTime())!.Value.Data));
        Assert.Equal("2", Text((await parent.ReceiveAsync().AsTask().InTime())!.Value.Data));
        Assert.Null(await parent.ReceiveAsync().AsTask().InTime());

        Assert.Equal(["before {\"a\":1}", "  {indented", "after"], _strays);
        Assert.Null(parent.Error);
    }

    [Fact]
    public async Task A_line_that_begins_as_a_message_and_is_none_is_answered_with_an_error()
    {
        await using var parent = Parent();
        Print("{'type': 'event'}\n{\"type\":\"event\",\"event\":\"a\"}\n");

        Assert.Equal("a", (await parent.ReceiveAsync().AsTask().InTime())?.Name);
        using var answers = new StreamReader(_childInput);
        var answer = Accepted((await answers.ReadLineAsync().InTime())!);

        Assert.Equal((IpcMessageKind.Response, true, (int?)IpcErrorCode.ParseError), (answer.Kind, answer.Id.IsNone, answer.Error?.Code));
        Assert.Empty(_strays);
        Assert.Equal(1, parent.Metrics.Snapshot().Errors);
    }

    [Fact]
    public async Task A_child_that_sends_only_broken_messages_is_given_up()
    {
        await using var parent = Parent();
        for (var i = 0; i < 16; i++)
        {
            Print("{broken\n");
        }

        Assert.Null(await parent.ReceiveAsync().AsTask().InTime());

        Assert.Equal((int)IpcErrorCode.ParseError, parent.Error?.Code);
    }

    [Fact]
    public async Task Without_a_log_a_print_is_an_error()
    {
        await using var parent = new StdioChannel("child", new AnonymousPipeClientStream(PipeDirection.In, _childOutput.ClientSafePipeHandle), Stream.Null);
        Print("hello\n{\"type\":\"event\",\"event\":\"a\"}\n");

        Assert.Equal("a", (await parent.ReceiveAsync().AsTask().InTime())?.Name);

        Assert.Equal(1, parent.Metrics.Snapshot().Errors);
    }

    [Fact]
    public async Task A_print_that_never_ends_its_line_comes_in_pieces()
    {
        const int Size = 100_000;
        await using var parent = Parent();
        var printing = Task.Run(() => Print($"{new string('.', Size / 2)}{new string('{', Size / 2)}\n{{\"type\":\"event\",\"event\":\"a\"}}\n"));

        Assert.Equal("a", (await parent.ReceiveAsync().AsTask().InTime())?.Name);
        await printing.InTime();

        Assert.All(_strays, static piece => Assert.InRange(piece.Length, 1, 16 * 1024));
        Assert.Equal(Size, _strays.Sum(static piece => piece.Length));
        Assert.Equal(0, parent.Metrics.Snapshot().Errors);
    }

    [Fact]
    public async Task A_message_that_is_too_long_ends_the_channel()
    {
        await using var parent = Parent(limits: new IpcLimits { MaxMessageBytes = 1_000 });
        var printing = Task.Run(() => Print($"{{\"type\":\"event\",\"event\":\"a\",\"data\":\"{new string('x', 5_000)}"));

        Assert.Null(await parent.ReceiveAsync().AsTask().InTime());

        await printing.InTime();
        Assert.Equal((int)IpcErrorCode.PayloadTooLarge, parent.Error?.Code);
    }

    [Fact]
    public async Task A_log_that_fails_does_not_end_the_channel()
    {
        await using var parent = Parent(onStrayLine: static _ => throw new InvalidOperationException());
        Print("hello\n{\"type\":\"event\",\"event\":\"a\"}\n");

        Assert.Equal("a", (await parent.ReceiveAsync().AsTask().InTime())?.Name);
    }

    [Fact]
    public async Task What_a_child_prints_last_is_not_lost_when_it_ends_without_a_line_feed()
    {
        await using var parent = Parent();
        Print("Segmentation fault");
        _childOutput.Dispose();

        Assert.Null(await parent.ReceiveAsync().AsTask().InTime());

        Assert.Equal(["Segmentation fault"], _strays);
        Assert.Null(parent.Error);
    }

    [Fact]
    public async Task A_child_that_ends_in_the_middle_of_a_message_is_an_error()
    {
        await using var parent = Parent();
        Print("{\"type\":");
        _childOutput.Dispose();

        Assert.Null(await parent.ReceiveAsync().AsTask().InTime());

        Assert.Equal((int)IpcErrorCode.Disconnected, parent.Error?.Code);
    }

    [Fact]
    public async Task Peers_call_each_other_on_standard_streams()
    {
        await using var server = new IpcPeer(Parent(), new IpcPeerOptions { Route = static _ => new IpcRoute(Peers.EchoAsync) { Inline = true } });
        await using var client = new IpcPeer(new StdioChannel("parent", _childInput, _childOutput), new IpcPeerOptions());
        server.Start();
        client.Start();
        Print("a print\n");

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => client.RequestAsync("echo", Utf8($"{i}")).AsTask())).InTime();

        Assert.Equal(Enumerable.Range(0, 200).Select(static i => $"{i}"), answers.Select(static answer => Text(answer)));
        Assert.Equal(["a print"], _strays);
        Assert.Null(server.Channel.Error);
    }

    [Fact]
    public async Task Nobody_waits_for_what_can_no_longer_be_written()
    {
        using var stuck = new StuckStream();
        var parent = new StdioChannel("child", new AnonymousPipeClientStream(PipeDirection.In, _childOutput.ClientSafePipeHandle), stuck);
        parent.OnMessage(static _ => ValueTask.CompletedTask);
        await parent.SendAsync(IpcMessage.Event("a", default));
        await stuck.Begun.InTime();

        _childOutput.Dispose();
        await parent.Closed.InTime();

        await parent.DrainAsync(Timeout.InfiniteTimeSpan).AsTask().InTime();
        stuck.Release();
    }

    [Fact]
    public void Streams_of_the_wrong_direction_are_refused()
    {
        using var output = new AnonymousPipeClientStream(PipeDirection.Out, _childInput.ClientSafePipeHandle);

        Assert.Throws<ArgumentException>(() => new StdioChannel("child", output, Stream.Null));
        Assert.Throws<ArgumentException>(() => new StdioChannel("child", Stream.Null, new MemoryStream([], writable: false)));
    }

    [Fact]
    public async Task A_process_takes_its_standard_streams_and_its_prints_do_not_mix_in()
    {
        using var child = new StdioChild();
        var errors = child.Errors.ReadToEndAsync();
        await using (var parent = new StdioChannel("child", child.Output, child.Input, new StdioOptions { OnStrayLine = _strays.Enqueue }))
        {
            var second = (await parent.ReceiveAsync().AsTask().InTime())!.Value;
            Assert.Equal(("second", "\"InvalidOperationException\""), (second.Name, Text(second.Data)));
            for (var i = 0; i < 100; i++)
            {
                await parent.SendAsync(IpcMessage.Event($"e{i}", Utf8($"{i}")));
            }

            for (var i = 0; i < 100; i++)
            {
                var echo = (await parent.ReceiveAsync().AsTask().InTime())!.Value;
                Assert.Equal(($"e{i}", $"{i}"), (echo.Name, Text(echo.Data)));
            }

            Assert.Equal(0, parent.Metrics.Snapshot().Errors);
        }

        await child.ExitAsync();
        var printed = await errors.InTime();
        Assert.Equal(["printed before"], _strays);
        Assert.StartsWith("printed after", printed);
        Assert.Contains("printed for e99", printed);
    }

    private StdioChannel Parent(Action<string>? onStrayLine = null, IpcLimits? limits = null, bool inPieces = false)
    {
        Stream input = new AnonymousPipeClientStream(PipeDirection.In, _childOutput.ClientSafePipeHandle);
        var output = new AnonymousPipeClientStream(PipeDirection.Out, _childInput.ClientSafePipeHandle);
        return new StdioChannel("child", inPieces ? new DribblingStream(input) : input, output,
            new StdioOptions { OnStrayLine = onStrayLine ?? _strays.Enqueue, Limits = limits ?? IpcLimits.Default });
    }

    private void Print(string text) => _childOutput.Write(Encoding.UTF8.GetBytes(text));

    /// <summary>Gives one byte at a time.</summary>
    private sealed class DribblingStream(Stream inner) : PlainStream
    {
        public override int Read(Span<byte> buffer) => inner.Read(buffer[..1]);

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }

    /// <summary>Takes nothing until the test lets it, as a pipe that nobody reads: disposing it does not wake who writes.</summary>
    private sealed class StuckStream : PlainStream
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _release = new();

        public Task Begun => _begun.Task;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _begun.TrySetResult();
            _release.Wait(2 * Soon.Limit);
        }

        public void Release() => _release.Set();
    }

    private abstract class PlainStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
