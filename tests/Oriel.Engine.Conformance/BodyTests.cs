using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Oriel.Ipc;

namespace Oriel.Engine.Conformance;

/// <summary>Bytes of calls and of their answers, which travel beside the JSON.</summary>
public abstract class BodyTests(EngineFixture engine)
{
    private const int Large = 64 * 1024 * 1024;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(Large)]
    public async Task Bytes_of_an_answer_are_a_Uint8Array(int length)
    {
        var name = engine.Unique("bytes");
        engine.App.Commands.MapRaw(name, context => Write(context, () => context.WriteResult(Pattern.Of(length), "image/png")));
        await using var page = await engine.OpenAsync();

        Assert.Equal(Pattern.Seen("bytes", length), await page.ReceiveBytesAsync(name));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(Large)]
    public async Task A_stream_of_an_answer_is_a_ReadableStream(int length)
    {
        var name = engine.Unique("stream");
        var stream = new MemoryStream(Pattern.Of(length));
        engine.App.Commands.MapRaw(name, context => Write(context, () => context.WriteResult(stream)));
        await using var page = await engine.OpenAsync();

        Assert.Equal(Pattern.Seen("stream", length), await page.ReceiveBytesAsync(name));
        await Patience.UntilAsync(() => !stream.CanRead, "the stream to be disposed");
    }

    [Fact]
    public async Task A_pipe_of_an_answer_reaches_the_page_as_it_is_written()
    {
        var name = engine.Unique("pipe");
        var pipe = new Pipe();
        engine.App.Commands.MapRaw(name, context => Write(context, () => context.WriteResult(pipe.Reader)));
        await using var page = await engine.OpenAsync();
        var seen = page.ReceiveBytesAsync(name);

        var bytes = Pattern.Of(100_000);
        for (var at = 0; at < bytes.Length; at += 10_000)
        {
            await pipe.Writer.WriteAsync(bytes.AsMemory(at, 10_000)).AsTask().Soon();
        }

        await pipe.Writer.CompleteAsync();
        Assert.Equal(Pattern.Seen("stream", bytes.Length), await seen.Soon());
    }

    [Theory]
    [InlineData("Uint8Array", 0)]
    [InlineData("Uint8Array", 1)]
    [InlineData("Uint8Array", Large)]
    [InlineData("ArrayBuffer", 10_000)]
    [InlineData("DataView", 10_000)]
    [InlineData("Blob", 5_000_000)]
    [InlineData("File", 10_000)]
    [InlineData("ReadableStream", 0)]
    [InlineData("ReadableStream", Large)]
    public async Task Bytes_of_the_page_reach_a_command_that_streams_them(string kind, int length)
    {
        var name = engine.Unique("takes");
        engine.App.Commands.MapRaw(name, static async context =>
        {
            var bytes = new MemoryStream();
            await context.OpenBody().CopyToAsync(bytes, context.CancellationToken);
            Answer(context, bytes.ToArray());
        });
        await using var page = await engine.OpenAsync();

        Assert.Equal(Summary(length), await page.SendBytesAsync(name, kind, length));
    }

    [Theory]
    [InlineData("Uint8Array", 0)]
    [InlineData("Uint8Array", 10)]
    [InlineData("Blob", Large)]
    [InlineData("ReadableStream", 3_000_000)]
    public async Task Bytes_of_the_page_reach_a_command_that_wants_them_whole(string kind, int length)
    {
        var name = engine.Unique("takes");
        engine.App.Commands.MapRaw(name, static async context => Answer(context, (await context.ReadBodyAsync()).ToArray()));
        await using var page = await engine.OpenAsync();

        Assert.Equal(Summary(length), await page.SendBytesAsync(name, kind, length));
    }

    [Fact]
    public async Task Bytes_travel_inside_of_objects_both_ways()
    {
        var name = engine.Unique("nested");
        engine.App.Commands.Map(name, static (Album album) => album, BodyTypes.Album, BodyTypes.Album);
        await using var page = await engine.OpenAsync();

        var (title, bytes) = await page.RelayNestedAsync(name);

        Assert.Equal("t", title);
        Assert.Equal([Pattern.Seen("bytes", 10), Pattern.Seen("bytes", 20), Pattern.Seen("bytes", 30)], bytes);
    }

    [Fact]
    public async Task A_command_of_the_UI_thread_gets_its_bytes_there()
    {
        var name = engine.Unique("ui");
        engine.App.Commands.Map(
            name,
            (Album album) => engine.App.Dispatcher.CheckAccess() ? album : throw new InvalidOperationException("Not the UI thread."),
            BodyTypes.Album,
            BodyTypes.Album,
            new CommandOptions { Thread = CommandThread.UI });
        await using var page = await engine.OpenAsync();

        Assert.Equal("t", (await page.RelayNestedAsync(name)).Title);
    }

    [Fact]
    public async Task Arguments_with_bytes_can_be_read_by_hand()
    {
        var name = engine.Unique("hand");
        engine.App.Commands.MapRaw(name, static async context => context.WriteResult(await context.ReadArgumentsAsync(BodyTypes.Album), BodyTypes.Album));
        await using var page = await engine.OpenAsync();

        Assert.Equal([Pattern.Seen("bytes", 10), Pattern.Seen("bytes", 20), Pattern.Seen("bytes", 30)], (await page.RelayNestedAsync(name)).Bytes);
    }

    [Theory]
    [InlineData(CommandThread.Background)]
    [InlineData(CommandThread.UI)]
    public async Task A_library_that_only_reads_synchronously_may_except_on_the_UI_thread(CommandThread thread)
    {
        var name = engine.Unique("sync");
        engine.App.Commands.MapRaw(
            name,
            static context =>
            {
                var bytes = new MemoryStream();
                context.OpenBody().CopyTo(bytes);
                Answer(context, bytes.ToArray());
                return ValueTask.CompletedTask;
            },
            new CommandOptions { Thread = thread });
        await using var page = await engine.OpenAsync();

        if (thread == CommandThread.UI)
        {
            Assert.Contains("UI thread", (await Assert.ThrowsAsync<PageErrorException>(() => page.SendBytesAsync(name, "Uint8Array", 10))).Message, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(Summary(100_000), await page.SendBytesAsync(name, "ReadableStream", 100_000));
    }

    [Fact]
    public async Task What_cannot_be_parked_is_an_error_and_nothing_of_the_answer_stays()
    {
        var name = engine.Unique("many");
        engine.App.Commands.MapRaw(name, static context =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                context.WriteResult(new byte[1]);
            }

            return ValueTask.CompletedTask;
        });
        await using var page = await engine.OpenAsync();

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal((int)IpcErrorCode.Busy, (await Assert.ThrowsAsync<PageErrorException>(() => page.InvokeAsync(name))).Code);
        }
    }

    [Fact]
    public async Task A_stream_that_fails_fails_in_the_page_with_its_code()
    {
        var name = engine.Unique("fails");
        engine.App.Commands.MapRaw(name, context => Write(context, () => context.WriteResult(new FailingStream())));
        await using var page = await engine.OpenAsync();

        var error = await Assert.ThrowsAnyAsync<Exception>(() => page.ReceiveBytesAsync(name));

        Assert.Contains("out of paper", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_the_page_cancels_is_disposed()
    {
        var name = engine.Unique("endless");
        var endless = new EndlessStream();
        engine.App.Commands.MapRaw(name, context => Write(context, () => context.WriteResult(endless)));
        await using var page = await engine.OpenAsync();

        await page.ReceiveAndCancelAsync(name);

        await endless.Disposed.Soon();
        Assert.InRange(endless.BytesRead, 1, 16 * 1024 * 1024);
    }

    [Fact]
    public async Task A_stream_of_the_page_is_cancelled_when_its_command_has_ended()
    {
        var name = engine.Unique("takes");
        engine.App.Commands.MapRaw(name, static async context =>
        {
            await context.OpenBody().ReadExactlyAsync(new byte[300_000], context.CancellationToken);
            context.Result.Write("1"u8);
        });
        await using var page = await engine.OpenAsync();

        Assert.True(await page.SendEndlessAsync(name));
    }

    [Fact]
    public async Task A_stream_of_an_answer_is_disposed_when_the_page_is_loaded_again()
    {
        var name = engine.Unique("parked");
        var endless = new EndlessStream();
        engine.App.Commands.MapRaw(name, context => Write(context, () => context.WriteResult(endless)));
        await using var page = await engine.OpenAsync();
        await page.InvokeAsync(name);

        await EngineFixture.LoadAsync(page.Window, () =>
        {
            page.Window.Reload();
            return Task.CompletedTask;
        });

        await endless.Disposed.Soon();
    }

    [Fact]
    public async Task A_command_that_reads_the_page_s_bytes_is_cancelled_when_the_page_is_loaded_again()
    {
        var name = engine.Unique("reads");
        var reading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.App.Commands.MapRaw(name, async context =>
        {
            try
            {
                var body = context.OpenBody();
                for (; ; )
                {
                    await body.ReadExactlyAsync(new byte[100_000], context.CancellationToken);
                    reading.TrySetResult();
                }
            }
            catch (Exception exception)
            {
                ended.TrySetResult(exception);
                throw;
            }
        });
        await using var page = await engine.OpenAsync();
        _ = page.SendEndlessAsync(name).ContinueWith(static call => call.Exception, TaskScheduler.Default);
        await reading.Task.Soon();

        await EngineFixture.LoadAsync(page.Window, () =>
        {
            page.Window.Reload();
            return Task.CompletedTask;
        });

        await ended.Task.Soon();
    }

    [Fact]
    public async Task A_command_that_reads_the_page_s_bytes_synchronously_ends_when_the_page_is_loaded_again()
    {
        var name = engine.Unique("reads");
        var reading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.App.Commands.MapRaw(name, context =>
        {
            try
            {
                var body = context.OpenBody();
                for (; ; )
                {
                    body.ReadExactly(new byte[100_000]);
                    reading.TrySetResult();
                }
            }
            catch (Exception exception)
            {
                ended.TrySetResult(exception);
                throw;
            }
        });
        await using var page = await engine.OpenAsync();
        _ = page.SendEndlessAsync(name).ContinueWith(static call => call.Exception, TaskScheduler.Default);
        await reading.Task.Soon();

        await EngineFixture.LoadAsync(page.Window, () =>
        {
            page.Window.Reload();
            return Task.CompletedTask;
        });

        await ended.Task.Soon();
    }

    [Fact]
    public async Task What_looks_like_a_reference_in_data_is_data()
    {
        var name = engine.Unique("echo");
        engine.App.Commands.MapRaw(name, static context =>
        {
            context.Result.Write(context.Arguments.Span);
            return ValueTask.CompletedTask;
        });
        await using var page = await engine.OpenAsync();

        foreach (var data in new[] { """{"$body":"1","length":3}""", """{"a":[{"$body":"/.oriel/body/0123456789abcdef0123456789abcdef/1","kind":"bytes","length":3}]}""" })
        {
            Assert.Equal(data, await page.InvokeAsync(name, data));
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"AQID\"")]
    [InlineData("[1,2,3]")]
    [InlineData("""{"0":1}""")]
    [InlineData("""{"$body":1,"length":1}""")]
    [InlineData("""{"$body":"../1","length":1}""")]
    [InlineData("""{"$body":"\ud800","length":1}""")]
    [InlineData("""{"\ud800":"1","length":1}""")]
    [InlineData("""{"$body":"1","length":-1}""")]
    [InlineData("""{"$body":"1","length":1,"more":1}""")]
    public async Task What_is_no_bytes_is_refused_where_bytes_are_wanted(string arguments)
    {
        var name = engine.Unique("takes");
        engine.App.Commands.MapRaw(name, static async context => await context.OpenBody().CopyToAsync(Stream.Null));
        await using var page = await engine.OpenAsync();

        var error = await Assert.ThrowsAsync<PageErrorException>(() => page.InvokeAsync(name, arguments));

        Assert.Equal(-32602, error.Code);
        Assert.Contains("Uint8Array", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_where_an_object_wants_bytes_is_refused_with_its_path()
    {
        var name = engine.Unique("album");
        engine.App.Commands.Map(name, static (Album album) => album, BodyTypes.Album, BodyTypes.Album);
        await using var page = await engine.OpenAsync();

        var error = await Assert.ThrowsAsync<PageErrorException>(() => page.InvokeAsync(name, """{"title":"t","picture":"AQID","more":[]}"""));

        Assert.Equal((-32602, """{"path":"$.picture"}"""), (error.Code, error.ErrorData));
    }

    [Fact]
    public async Task A_media_type_with_a_line_break_is_refused()
    {
        var name = engine.Unique("type");
        engine.App.Commands.MapRaw(name, context => Write(context, () => context.WriteResult(new byte[1], "a/b\r\nX-Evil: 1")));
        await using var page = await engine.OpenAsync();

        Assert.Equal(-32603, (await Assert.ThrowsAsync<PageErrorException>(() => page.InvokeAsync(name))).Code);
    }

    [Fact]
    public async Task Served_content_is_there_until_it_is_disposed()
    {
        var key = engine.Unique("content") + "/picture.png";
        var content = engine.App.Serve(key, Pattern.Of(1_000), "image/png");
        await using var page = await engine.OpenAsync();

        var whole = await page.FetchAsync(content.Url);
        var part = await page.FetchAsync(content.Url, headers: new Dictionary<string, string> { ["Range"] = "bytes=10-19" });
        var head = await page.FetchAsync(content.Url, "HEAD");
        content.Dispose();
        var gone = await page.FetchAsync(content.Url);

        Assert.Equal((200, "image/png"), (whole.Status, whole.Headers["Content-Type"]));
        Assert.Equal(Pattern.Of(1_000), whole.Body);
        Assert.Equal((206, "bytes 10-19/1000"), (part.Status, part.Headers["Content-Range"]));
        Assert.Equal(Pattern.Of(1_000)[10..20], part.Body);
        Assert.Equal((200, 0, 404), (head.Status, head.Body.Length, gone.Status));
    }

    [Fact]
    public async Task A_stream_is_served_anew_to_each_request()
    {
        var key = engine.Unique("content");
        using var content = engine.App.Serve(key, static () => new MemoryStream(Pattern.Of(100)), "video/webm");
        await using var page = await engine.OpenAsync();

        Assert.Equal(Pattern.Of(100), (await page.FetchAsync(content.Url)).Body);
        Assert.Equal(Pattern.Of(100), (await page.FetchAsync(content.Url)).Body);
    }

    [Theory]
    [InlineData("/.oriel/serve/")]
    [InlineData("/.oriel/serve/..%2fsecret")]
    [InlineData("/.oriel/serve/%2e%2e/index.html")]
    [InlineData("/.oriel/serve/no.such")]
    [InlineData("/.oriel/body/0123456789abcdef0123456789abcdef/1")]
    [InlineData("/.oriel/body/")]
    public async Task An_address_that_stands_for_nothing_is_not_found(string path)
    {
        await using var page = await engine.OpenAsync();

        Assert.Equal(404, (await page.FetchAsync(path)).Status);
    }

    [Fact]
    public async Task A_foreign_page_gets_nothing_that_is_served()
    {
        using var content = engine.App.Serve(engine.Unique("content"), Pattern.Of(10), "image/png");
        await using var page = await engine.OpenAsync(new WindowOptions { Url = engine.ServeForeign() + "/", AllowedOrigins = ["foreign://h"] });

        Assert.NotEqual(200, (await page.FetchAsync("oriel://app" + content.Url)).Status);
    }

    [Fact]
    public async Task A_foreign_page_that_was_granted_commands_gets_nothing_that_is_served()
    {
        using var content = engine.App.Serve(engine.Unique("content"), Pattern.Of(10), "image/png");
        await using var page = await engine.OpenAsync(new WindowOptions { Url = $"{EngineFixture.GrantedOrigin}/" }, hasBridge: true);

        Assert.NotEqual(200, (await page.FetchAsync("oriel://app" + content.Url)).Status);
    }

    private static ValueTask Write(CommandContext context, Action write)
    {
        Assert.NotNull(context);
        write();
        return ValueTask.CompletedTask;
    }

    private static void Answer(CommandContext context, byte[] bytes) =>
        context.Result.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\"{bytes.Length} {Pattern.HashOf(bytes)}\"")));

    private static string Summary(int length) => $"\"{length} {Pattern.HashOf(Pattern.Of(length))}\"";

    private sealed class FailingStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new JsonException("out of paper");
    }
}
