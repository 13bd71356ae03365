using System.Threading.Channels;
using Oriel.Protocols;

namespace Oriel.Engine.Conformance;

/// <summary>Handlers of the application's own schemes.</summary>
public abstract class ProtocolTests(EngineFixture engine)
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 1_000).Select(static i => (byte)i)];

    [Fact]
    public async Task A_handler_sees_the_request_and_answers_it()
    {
        ProtocolRequest? seen = null;
        var origin = engine.Serve("test", request =>
        {
            seen = request;
            return ProtocolResponse.Text("ünïcode") with { Status = 207, Headers = new Dictionary<string, string> { ["ETag"] = "\"x\"" } };
        });
        await using var page = await engine.OpenAsync();

        var response = await page.FetchAsync($"{origin}/a%20b?q=%2F", headers: new Dictionary<string, string> { ["X-Asked"] = "yes" });

        Assert.Equal((207, "ünïcode", "\"x\""), (response.Status, response.Text, response.Header("ETag")));
        Assert.Equal("text/plain; charset=utf-8", response.Header("Content-Type"));
        Assert.Equal(("GET", "/a%20b", "?q=%2F"), (seen!.Method, seen.Address.AbsolutePath, seen.Address.Query));
        Assert.Equal(("yes", "oriel://app"), (seen.Header("x-asked"), seen.Header("Origin")));
        Assert.Same(page.Window, seen.Window);
    }

    [Fact]
    public async Task Posted_bytes_come_back_as_they_were()
    {
        var origin = engine.Serve("test", async request => ProtocolResponse.Of(await ReadAsync(request.Body)));
        byte[] body = [.. Content, 0, 0, 255, 10, 13, 0];
        await using var page = await engine.OpenAsync();

        var response = await page.FetchAsync($"{origin}/", "POST", body: body);

        Assert.Equal(body, response.Body);
    }

    [Fact]
    public async Task A_post_without_a_body_has_an_empty_one()
    {
        var origin = engine.Serve("test", async request => ProtocolResponse.Text($"{(await ReadAsync(request.Body)).Length}"));
        await using var page = await engine.OpenAsync();

        Assert.Equal("0", (await page.FetchAsync($"{origin}/", "POST")).Text);
    }

    [Fact]
    public async Task A_streamed_answer_arrives_piece_by_piece()
    {
        var pieces = Channel.CreateUnbounded<byte[]>();
        var origin = engine.Serve("test", _ => new ProtocolResponse { ContentType = "text/plain", Stream = new ChannelStream(pieces.Reader) });
        await using var page = await engine.OpenAsync();

        pieces.Writer.TryWrite("first"u8.ToArray());
        if (!engine.App.Engine.Features.HasFlag(Engines.EngineFeatures.StreamedResponses))
        {
            // Such an engine takes the answer as a whole.
            pieces.Writer.TryWrite("second"u8.ToArray());
            pieces.Writer.Complete();
            Assert.Equal("firstsecond", (await page.FetchAsync($"{origin}/")).Text);
            return;
        }

        await using var reader = page.FetchPiecesAsync($"{origin}/").GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal("first", reader.Current);

        pieces.Writer.TryWrite("second"u8.ToArray());
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal("second", reader.Current);

        pieces.Writer.Complete();
        Assert.False(await reader.MoveNextAsync());
    }

    [Fact]
    public async Task An_answer_of_unknown_length_arrives_whole()
    {
        var origin = engine.Serve("test", _ => new ProtocolResponse { Stream = new MemoryStream(Content) });
        await using var page = await engine.OpenAsync();

        Assert.Equal(Content, (await page.FetchAsync($"{origin}/")).Body);
    }

    [Fact]
    public async Task Eight_megabytes_arrive_whole()
    {
        var bytes = new byte[8 * 1024 * 1024];
        new Random(1).NextBytes(bytes);
        var hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes));
        var origin = engine.Serve("test", async request => request.Method == "GET"
            ? new ProtocolResponse { Stream = new MemoryStream(bytes), StreamLength = bytes.Length }
            : ProtocolResponse.Text(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(await ReadAsync(request.Body)))));
        await using var page = await engine.OpenAsync();

        Assert.Equal(hash, await page.RelayAsync($"{origin}/", $"{origin}/"));
    }

    [Fact]
    public async Task HEAD_has_the_headers_and_no_body()
    {
        var origin = engine.Serve("test", request => ContentResponse.Create(request, new MemoryStream(Content), "application/x-test"));
        await using var page = await engine.OpenAsync();

        var response = await page.FetchAsync($"{origin}/", "HEAD");

        Assert.Equal((200, "1000"), (response.Status, response.Header("Content-Length")));
        Assert.Empty(response.Body);
    }

    [Theory]
    [InlineData("bytes=0-9", 206, "bytes 0-9/1000", 0, 10)]
    [InlineData("bytes=990-", 206, "bytes 990-999/1000", 990, 10)]
    [InlineData("bytes=-10", 206, "bytes 990-999/1000", 990, 10)]
    [InlineData("bytes=5-99999", 206, "bytes 5-999/1000", 5, 995)]
    [InlineData("bytes=1000-", 416, "bytes */1000", 0, 0)]
    [InlineData("lines=1-2", 200, null, 0, 1_000)]
    public async Task A_range_gets_its_part(string range, int status, string? contentRange, int first, int count)
    {
        var origin = engine.Serve("test", request => ContentResponse.Create(request, new MemoryStream(Content), "application/x-test"));
        await using var page = await engine.OpenAsync();

        var response = await page.FetchAsync($"{origin}/", headers: new Dictionary<string, string> { ["Range"] = range });

        Assert.Equal((status, contentRange), (response.Status, response.Header("Content-Range")));
        Assert.Equal(Content[first..(first + count)], response.Body);
    }

    [Fact]
    public async Task A_handler_that_throws_gives_500_without_its_text()
    {
        var origin = engine.Serve("test", static ProtocolResponse (_) => throw new InvalidOperationException("A secret."));
        await using var page = await engine.OpenAsync();

        var response = await page.FetchAsync($"{origin}/");

        Assert.Equal(500, response.Status);
        Assert.DoesNotContain("secret", response.Text, StringComparison.Ordinal);
        Assert.Contains(engine.Log.Lines, static line => line.Contains("A secret.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_header_that_holds_a_line_break_does_not_leave()
    {
        var origin = engine.Serve("test", static _ => ProtocolResponse.Text("ok") with { Headers = new Dictionary<string, string> { ["ETag"] = "a\r\nX-Smuggled: 1" } });
        await using var page = await engine.OpenAsync();

        var response = await page.FetchAsync($"{origin}/");

        Assert.Equal(("ok", null, null), (response.Text, response.Header("ETag"), response.Header("X-Smuggled")));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_request_of_a_foreign_origin_is_refused_before_the_handler_runs(string method)
    {
        var requests = 0;
        var foreign = engine.ServeForeign();
        var origin = engine.Serve("test", _ =>
        {
            Interlocked.Increment(ref requests);
            return ProtocolResponse.Text("secret");
        });
        await using var page = await engine.OpenAsync(new WindowOptions { Url = $"{foreign}/" });

        var response = await page.FetchAsync($"{origin}/", method, body: method == "POST" ? "x"u8.ToArray() : null);

        Assert.DoesNotContain("secret", response.Text, StringComparison.Ordinal);
        Assert.Equal(0, requests);
    }

    [Fact]
    public async Task A_foreign_origin_cannot_read_the_app_s_assets()
    {
        var foreign = engine.ServeForeign();
        await using var page = await engine.OpenAsync(new WindowOptions { Url = $"{foreign}/" });

        var response = await page.FetchAsync("oriel://app/inside.txt");

        Assert.DoesNotContain("inside", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_foreign_origin_cannot_read_the_stream_of_another_document()
    {
        var foreign = engine.ServeForeign();
        await using var page = await engine.OpenAsync(new WindowOptions { Url = $"{foreign}/" });

        var response = await page.FetchAsync($"oriel://app/.oriel/down/{new string('0', 32)}");

        Assert.True(response.Status is 0 or 403 or 404, $"The status is {response.Status}.");
    }

    private static async Task<byte[]> ReadAsync(Stream body)
    {
        var bytes = new MemoryStream();
        await body.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    /// <summary>What is written to a channel, as it comes.</summary>
    private sealed class ChannelStream(ChannelReader<byte[]> pieces) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!await pieces.WaitToReadAsync(cancellationToken) || !pieces.TryRead(out var piece))
            {
                return 0;
            }

            piece.CopyTo(buffer);
            return piece.Length;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
