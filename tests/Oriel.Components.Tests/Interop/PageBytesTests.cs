using System.Text.Json.Nodes;
using Microsoft.JSInterop;
using Oriel.Components.Interop;
using Oriel.Ipc;

namespace Oriel.Components.Tests;

public sealed class PageBytesTests
{
    private const long Asked = 1L << 32;

    [JSInvokable("tests.sum")]
    public static int Sum(byte[] first, byte[] second) => first.Sum(b => b) + second.Length;

    [Fact]
    public async Task Bytes_go_to_the_page_beside_the_messages()
    {
        await using var page = Script.Show<Counter>();
        byte[] bytes = [1, 2, 3];

        _ = page.JS().InvokeVoidAsync("take", bytes).AsTask();
        bytes[0] = 9;
        var announced = (await page.MessagesAsync("bytes"))[0];
        var call = await page.CalledAsync("take");
        var content = page.Published[(string)announced[4]!]();

        Assert.Equal($$"""[{"__byte[]":{{announced[3]}}}]""", (string?)call[5]);
        Assert.True((long)announced[0]! < (long)call[0]!);
        Assert.Equal([1, 2, 3], await ReadAsync(content));
    }

    [Fact]
    public async Task Bytes_that_were_fetched_are_not_kept()
    {
        await using var page = Script.Show<Counter>();

        _ = page.JS().InvokeVoidAsync("take", new byte[3]).AsTask();
        await page.CalledAsync("take");
        await page.Published.Single().Value().DisposeAsync();

        Assert.Empty(page.Published);
    }

    [Fact]
    public async Task A_page_that_fetches_nothing_is_sent_no_more_than_the_limit()
    {
        await using var page = Script.Show<Counter>(configure: options => options.Limits = new() { MaxBodyBytes = 1_000 });

        _ = page.JS().InvokeVoidAsync("take", new byte[900]).AsTask();

        await Assert.ThrowsAsync<InvalidOperationException>(() => page.JS().InvokeVoidAsync("take", new byte[101]).AsTask());
    }

    [Fact]
    public async Task Bytes_of_the_page_are_arguments_of_its_call()
    {
        await using var page = Script.Show<Counter>();

        await page.Uploads().ReceiveAsync(1, new MemoryStream([1, 2, 3]), TestContext.Current.CancellationToken);
        await page.Uploads().ReceiveAsync(2, new MemoryStream([7]), TestContext.Current.CancellationToken);
        await page.SendAsync("bytes", 0, 1);
        await page.SendAsync("bytes", 1, 2);
        await page.SendAsync("call", 1, typeof(PageBytesTests).Assembly.GetName().Name, "tests.sum", null, """[{"__byte[]":0},{"__byte[]":1}]""");

        Assert.Equal("7", (string?)(await page.MessagesAsync("done"))[0][5]);
    }

    [Fact]
    public async Task Bytes_of_the_page_are_the_result_of_a_call()
    {
        await using var page = Script.Show<Counter>();

        var result = page.JS().InvokeAsync<byte[]>("give").AsTask();
        await page.Uploads().ReceiveAsync(1, new MemoryStream([1, 2, 3]), TestContext.Current.CancellationToken);
        await page.SendAsync("bytes", 0, 1);
        await page.AnswerAsync("give", """{"__byte[]":0}""");

        Assert.Equal([1, 2, 3], await result.InTime());
    }

    [Fact]
    public async Task Bytes_that_were_never_uploaded_end_the_session()
    {
        await using var page = Script.Show<Counter>();

        await page.SendAsync("bytes", 0, 1);

        Assert.True(page.Session.IsEnding);
    }

    [Fact]
    public async Task Bytes_in_the_wrong_order_end_the_session()
    {
        await using var page = Script.Show<Counter>();

        await page.Uploads().ReceiveAsync(1, new MemoryStream([1]), TestContext.Current.CancellationToken);
        await page.SendAsync("bytes", 3, 1);

        Assert.True(page.Session.IsEnding);
    }

    [Fact]
    public async Task Uploads_beyond_the_limits_are_refused()
    {
        await using var page = Script.Show<Counter>(configure: options =>
            options.Limits = new() { MaxMessageBytes = 1_000, MaxBodyBytes = 1_500, MaxBodies = 2 });
        var uploads = page.Uploads();
        var cancellation = TestContext.Current.CancellationToken;

        var tooLarge = await Assert.ThrowsAsync<IpcException>(() => uploads.ReceiveAsync(1, new MemoryStream(new byte[1_001]), cancellation));
        await uploads.ReceiveAsync(2, new MemoryStream(new byte[1_000]), cancellation);
        var tooMuch = await Assert.ThrowsAsync<IpcException>(() => uploads.ReceiveAsync(3, new MemoryStream(new byte[600]), cancellation));
        await uploads.ReceiveAsync(4, new MemoryStream(new byte[10]), cancellation);
        var tooMany = await Assert.ThrowsAsync<IpcException>(() => uploads.ReceiveAsync(5, new MemoryStream(), cancellation));
        var twice = await Assert.ThrowsAsync<IpcException>(() => uploads.ReceiveAsync(4, new MemoryStream(), cancellation));

        Assert.Equal(
            [IpcErrorCode.PayloadTooLarge, IpcErrorCode.Busy, IpcErrorCode.Busy, IpcErrorCode.InvalidParams],
            [tooLarge.Code, tooMuch.Code, tooMany.Code, twice.Code]);
    }

    [Fact]
    public async Task A_stream_of_CSharp_is_read_by_the_page_and_disposed_of()
    {
        await using var page = Script.Show<Counter>();
        var stream = new MemoryStream([5, 6]);

        _ = page.JS().InvokeVoidAsync("take", new DotNetStreamReference(stream)).AsTask();
        var announced = (await page.MessagesAsync("stream"))[0];
        var call = await page.CalledAsync("take");
        var content = await ReadAsync(page.Published[(string)announced[4]!]());

        Assert.Equal($$"""[{"__dotNetStream":{{announced[3]}}}]""", (string?)call[5]);
        Assert.Equal([5, 6], content);
        Assert.False(stream.CanRead);
    }

    [Fact]
    public async Task A_stream_that_the_page_never_reads_is_disposed_of_with_the_session()
    {
        var page = Script.Show<Counter>();
        var (own, left) = (new MemoryStream(), new MemoryStream());
        _ = page.JS().InvokeVoidAsync("take", new DotNetStreamReference(own), new DotNetStreamReference(left, leaveOpen: true)).AsTask();
        await page.CalledAsync("take");

        await page.DisposeAsync();

        Assert.Equal([false, true], [own.CanRead, left.CanRead]);
        Assert.Empty(page.Published);
    }

    [Fact]
    public async Task A_stream_of_the_page_is_read_as_it_comes()
    {
        await using var page = Script.Show<Counter>();
        var reference = await ReferenceAsync(page, 300_000);

        var opening = reference.OpenReadStreamAsync(300_000, TestContext.Current.CancellationToken).AsTask();
        var call = await page.CalledAsync("Blazor._internal.sendJSDataStream");
        await page.AnswerAsync(call, "null");
        await using var stream = await opening.InTime();
        var source = new MemoryStream(new byte[300_000]);
        var upload = page.Uploads().ReceiveAsync(Asked, source, TestContext.Current.CancellationToken);
        var buffer = new byte[1_000];
        await stream.ReadExactlyAsync(buffer, TestContext.Current.CancellationToken);

        Assert.Equal($$"""[{"__jsObjectId":4},{{Asked}}]""", (string?)call[5]);
        Assert.Equal(1_000, source.Position);
        await stream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
        await upload.InTime();
    }

    [Fact]
    public async Task A_stream_larger_than_allowed_is_not_asked_for()
    {
        await using var page = Script.Show<Counter>();
        var reference = await ReferenceAsync(page, 1_001);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => reference.OpenReadStreamAsync(1_000, TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public async Task More_bytes_than_the_page_said_are_not_read()
    {
        await using var page = Script.Show<Counter>();
        await using var stream = await OpenAsync(page, 10, cancellationToken: TestContext.Current.CancellationToken);
        var source = new MemoryStream(new byte[1_000_000]);

        var upload = page.Uploads().ReceiveAsync(Asked, source, TestContext.Current.CancellationToken);
        var content = await ReadAsync(stream);
        await upload.InTime();

        Assert.Equal([10L, 10L], [content.Length, source.Position]);
    }

    [Fact]
    public async Task Fewer_bytes_than_the_page_said_are_an_error()
    {
        await using var page = Script.Show<Counter>();
        await using var stream = await OpenAsync(page, 10, cancellationToken: TestContext.Current.CancellationToken);

        _ = page.Uploads().ReceiveAsync(Asked, new MemoryStream(new byte[9]), TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<EndOfStreamException>(() => ReadAsync(stream));
    }

    [Fact]
    public async Task What_the_page_cannot_send_fails_where_it_is_read()
    {
        await using var page = Script.Show<Counter>();
        await using var stream = await OpenAsync(page, 10, cancellationToken: TestContext.Current.CancellationToken);

        await page.SendAsync("stream", Asked, "the file was deleted");

        var exception = await Assert.ThrowsAsync<IOException>(() => ReadAsync(stream));
        Assert.Contains("the file was deleted", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_sends_nothing_is_not_waited_for_for_ever()
    {
        var forgotten = 0;
        await using var stream = new UploadStream(Asked, 10, TimeSpan.FromMilliseconds(1), _ => forgotten++, CancellationToken.None);

        await Assert.ThrowsAsync<TimeoutException>(() => ReadAsync(stream));
        Assert.Equal(1, forgotten);
    }

    [Fact]
    public async Task A_stream_that_is_disposed_of_ends_its_upload()
    {
        await using var page = Script.Show<Counter>();
        var stream = await OpenAsync(page, 10, cancellationToken: TestContext.Current.CancellationToken);
        var upload = page.Uploads().ReceiveAsync(Asked, new MemoryStream(new byte[10]), TestContext.Current.CancellationToken);

        await stream.DisposeAsync();
        await upload.InTime();

        await Assert.ThrowsAsync<IpcException>(() => page.Uploads().ReceiveAsync(Asked, new MemoryStream(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_upload_is_held_until_the_read_that_disposing_cancels_is_out()
    {
        var upload = new SlowUpload();
        var stream = new UploadStream(Asked, 10, TimeSpan.FromMinutes(1), static _ => { }, CancellationToken.None);
        Assert.True(stream.Supply(upload));
        var reading = stream.ReadAsync(new byte[10], TestContext.Current.CancellationToken).AsTask();
        await upload.Begun.Task.InTime();

        await stream.DisposeAsync();

        Assert.True(upload.IsCancelled);
        Assert.False(stream.Finished.IsCompleted);
        upload.Out.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.InTime());
        await stream.Finished.InTime();
    }

    [Fact]
    public async Task Two_uploads_of_one_number_are_not_taken_at_once()
    {
        await using var page = Script.Show<Counter>();
        var slow = new SlowUpload();
        var first = page.Uploads().ReceiveAsync(1, slow, TestContext.Current.CancellationToken);
        await slow.Begun.Task.InTime();

        var second = await Assert.ThrowsAsync<IpcException>(() => page.Uploads().ReceiveAsync(1, new MemoryStream([1]), TestContext.Current.CancellationToken));

        Assert.Equal(IpcErrorCode.InvalidParams, second.Code);
        slow.Out.SetResult();
        await first.InTime();
        Assert.Empty(page.Uploads().Take(1));
    }

    [Fact]
    public async Task An_upload_that_comes_to_its_end_after_the_session_says_so()
    {
        var page = Script.Show<Counter>();
        var slow = new SlowUpload();
        var uploads = page.Uploads();
        var upload = uploads.ReceiveAsync(1, slow, TestContext.Current.CancellationToken);
        await slow.Begun.Task.InTime();

        await page.DisposeAsync();
        slow.Out.SetResult();

        Assert.Equal(IpcErrorCode.Disconnected, (await Assert.ThrowsAsync<IpcException>(() => upload.InTime())).Code);
    }

    [Fact]
    public void What_is_published_while_the_session_ends_is_taken_back()
    {
        Publications publications = null!;
        var isTakenBack = false;
        publications = new Publications(
            (_, _) =>
            {
                publications.Close();
                return new PublishedContent("/", () => isTakenBack = true);
            },
            10,
            10);

        publications.Add(new MemoryStream(), 1);

        Assert.True(isTakenBack);
    }

    [Fact]
    public async Task A_read_is_cancelled_and_ends_when_the_session_does()
    {
        var page = Script.Show<Counter>();
        using var source = new CancellationTokenSource();
        var cancelled = await OpenAsync(page, 10, cancellationToken: source.Token);
        var ended = await OpenAsync(page, 10, 2, TestContext.Current.CancellationToken);
        var (first, second) = (ReadAsync(cancelled), ReadAsync(ended));

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.InTime());
        await page.DisposeAsync();

        await Assert.ThrowsAsync<IOException>(() => second.InTime());
    }

    private static async Task<IJSStreamReference> ReferenceAsync(TestPage page, long length)
    {
        var call = page.JS().InvokeAsync<IJSStreamReference>("data").AsTask();
        var calls = page.Messages.Count(m => m[2]!.ToString() == "call" && m[4]!.ToString() == "data");
        await page.AnswerAsync(await page.CalledAsync("data", calls), new JsonObject { ["__jsObjectId"] = 4, ["__jsStreamReferenceLength"] = length }.ToJsonString());
        return await call.InTime();
    }

    private static async Task<Stream> OpenAsync(TestPage page, long length, int count = 1, CancellationToken cancellationToken = default)
    {
        var reference = await ReferenceAsync(page, length);
        var opening = reference.OpenReadStreamAsync(length, cancellationToken).AsTask();
        await page.AnswerAsync(await page.CalledAsync("Blazor._internal.sendJSDataStream", count), "null");
        return await opening.InTime();
    }

    // Content whose end comes when the test says so.
    private sealed class SlowUpload : MemoryStream
    {
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Out { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsCancelled { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            using var cancelled = cancellationToken.Register(() => IsCancelled = true);
            Begun.TrySetResult();
            await Out.Task;
            cancellationToken.ThrowIfCancellationRequested();
            return 0;
        }
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        await using (stream)
        {
            using var content = new MemoryStream();
            await stream.CopyToAsync(content).InTime();
            return content.ToArray();
        }
    }
}
