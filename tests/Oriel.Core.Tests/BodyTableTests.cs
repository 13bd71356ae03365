using System.IO.Pipelines;
using System.Text.Json;
using Oriel.Ipc;
using Oriel.Protocols;

namespace Oriel.Tests;

public sealed class BodyTableTests
{
    private readonly BodyTable _table = new(new IpcLimits { MaxBodies = 1_024, MaxBodyBytes = 3_000_000 }, static () => false);

    [Fact]
    public async Task Bytes_are_given_out_once_and_are_those_that_were_parked()
    {
        var bytes = new byte[] { 1, 2, 3 };
        var id = _table.Park(new DownBody(bytes, "image/png"));

        var first = await GetAsync(id);
        var second = await GetAsync(id);

        Assert.True(first.Bytes.Span == bytes.AsSpan());
        Assert.Equal((200, "image/png", 404), (first.Status, first.ContentType, second.Status));
        Assert.Equal(0, _table.HeldBytes);
    }

    [Fact]
    public async Task Of_many_that_ask_for_the_same_bytes_at_once_one_gets_them()
    {
        var id = _table.Park(new DownBody(new byte[10], "a/b"));

        var responses = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => GetAsync(id)))).InTime();

        Assert.Single(responses, static response => response.Status == 200);
    }

    [Fact]
    public async Task A_stream_is_read_only_when_a_range_is_asked_for_and_into_the_memory_that_is_answered()
    {
        var stream = new CountingStream(3 * DownBody.RangeBytes + 5);
        var id = _table.Park(new DownBody(stream, "a/b"));
        Assert.Equal(0, stream.BytesRead);

        var first = await GetAsync(id, 0);
        Assert.Equal(DownBody.RangeBytes, stream.BytesRead);
        Assert.True(stream.LastDestination.Span.Overlaps(first.Bytes.Span));

        var offset = (long)first.Bytes.Length;
        while (!first.Headers.ContainsKey(DownBody.EndHeader))
        {
            first = await GetAsync(id, offset);
            offset += first.Bytes.Length;
        }

        Assert.Equal(3 * DownBody.RangeBytes + 5, offset);
        Assert.Equal(offset, stream.BytesRead);
        Assert.Equal(404, (await GetAsync(id, offset)).Status);
        await stream.Disposed.InTime();
    }

    [Fact]
    public async Task A_range_that_does_not_follow_is_refused_and_the_stream_goes_on()
    {
        var id = _table.Park(new DownBody(new CountingStream(DownBody.RangeBytes * 2), "a/b"));
        await GetAsync(id, 0);

        foreach (var offset in new long[] { 0, 1, long.MaxValue })
        {
            Assert.Equal(416, (await GetAsync(id, offset)).Status);
        }

        Assert.Equal(200, (await GetAsync(id, DownBody.RangeBytes)).Status);
    }

    [Fact]
    public async Task Of_two_ranges_at_once_the_second_is_refused()
    {
        var pipe = new Pipe();
        var id = _table.Park(new DownBody(pipe.Reader.AsStream(), "a/b"));
        var first = GetAsync(id, 0);

        var second = await GetAsync(id, 0);
        await pipe.Writer.WriteAsync(new byte[] { 7 });

        Assert.Equal(409, second.Status);
        Assert.Equal([7], (await first.InTime()).Bytes.ToArray());
    }

    [Fact]
    public async Task A_producer_that_fails_is_an_error_with_its_code_and_the_stream_is_disposed()
    {
        var stream = new CountingStream(100) { Failure = new IpcException(IpcErrorCode.Busy, "Out of \"paper\"") };
        var id = _table.Park(new DownBody(stream, "a/b"));

        var response = await GetAsync(id, 0);

        using var error = JsonDocument.Parse(response.Bytes);
        Assert.Equal((500, -32006, "Out of \"paper\""), (response.Status, error.RootElement.GetProperty("code").GetInt32(), error.RootElement.GetProperty("message").GetString()));
        await stream.Disposed.InTime();
    }

    [Fact]
    public async Task A_stream_that_the_page_cancels_is_disposed_also_while_it_is_read()
    {
        var (waiting, idle) = (new CountingStream(100) { Waits = true }, new CountingStream(100));
        var (first, second) = (_table.Park(new DownBody(waiting, "a/b")), _table.Park(new DownBody(idle, "a/b")));
        var read = GetAsync(first, 0);

        Assert.Equal(200, (await SendAsync("DELETE", $"{first}")).Status);
        Assert.Equal(200, (await SendAsync("DELETE", $"{second}")).Status);

        Assert.Equal(500, (await read.InTime()).Status);
        await waiting.Disposed.InTime();
        await idle.Disposed.InTime();
        Assert.Equal(404, (await SendAsync("DELETE", $"{first}")).Status);
    }

    [Fact]
    public void More_bodies_than_the_limit_are_refused_and_closed()
    {
        for (var i = 0; i < 1_024; i++)
        {
            _table.Park(new DownBody(new byte[1], "a/b"));
        }

        for (var i = 1_024; i < 10_000; i++)
        {
            Assert.Equal(IpcErrorCode.Busy, Assert.Throws<IpcException>(() => _table.Park(new DownBody(new byte[1], "a/b"))).Code);
        }

        Assert.Equal((1_024, 1_024L), (_table.Count, _table.HeldBytes));
    }

    [Fact]
    public async Task More_bytes_than_the_limit_are_refused_unless_nothing_waits()
    {
        var large = _table.Park(new DownBody(new byte[4_000_000], "a/b"));
        var stream = new CountingStream(10);

        Assert.Equal(IpcErrorCode.Busy, Assert.Throws<IpcException>(() => _table.Park(new DownBody(stream, "a/b"))).Code);
        await stream.Disposed.InTime();
        await GetAsync(large);

        _table.Park(new DownBody(new byte[1_000_000], "a/b"));
    }

    [Fact]
    public async Task Who_can_wait_for_room_is_let_go_when_the_page_has_fetched_or_is_gone()
    {
        var id = _table.Park(new DownBody(new byte[3_000_000], "a/b"));
        var waiting = ParkAsync(1);
        Assert.False(waiting.IsCompleted);
        await GetAsync(id);
        await waiting.InTime();

        var last = ParkAsync(3_000_000);
        Assert.False(last.IsCompleted);
        _table.End();
        Assert.Equal(IpcErrorCode.Disconnected, (await Assert.ThrowsAsync<IpcException>(() => last.InTime())).Code);
    }

    [Fact]
    public async Task Empty_bytes_wait_for_a_place_as_others_do()
    {
        var ids = Enumerable.Range(0, 1_024).Select(_ => _table.Park(new DownBody(Array.Empty<byte>(), "a/b"))).ToArray();

        var waiting = ParkAsync(0);
        Assert.False(waiting.IsCompleted);
        await GetAsync(ids[0]);

        await waiting.InTime();
        Assert.Equal(1_024, _table.Count);
    }

    [Fact]
    public async Task Of_two_that_wait_for_the_same_room_one_gets_it_and_none_is_refused()
    {
        var id = _table.Park(new DownBody(new byte[3_000_000], "a/b"));
        var waiting = new[] { ParkAsync(2_000_000), ParkAsync(2_000_000) };

        await GetAsync(id);
        var first = await Task.WhenAny(waiting).InTime();
        var other = waiting.Single(task => task != first);
        Assert.False(other.IsCompleted);
        await GetAsync(await first);

        await other.InTime();
    }

    [Fact]
    public async Task A_call_that_asks_for_its_bytes_behind_the_end_of_the_document_is_told()
    {
        _table.End();

        Assert.Equal(IpcErrorCode.Disconnected, Assert.Throws<IpcException>(() => _table.Claim(new BodyReference(1, null))).Code);
        Assert.Equal(0, _table.Count);
        Assert.Equal(410, (await SendRangeAsync("1", 0, [1], isLast: true)).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reading_without_a_token_ends_with_the_call(bool isSynchronous)
    {
        using var call = new CancellationTokenSource();
        var body = _table.Claim(new BodyReference(1, null));
        body.EndWith(call.Token);
        var reading = isSynchronous ? Task.Run(() => body.Read(new byte[1], 0, 1)) : body.ReadAsync(new byte[1]).AsTask();

        await call.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.InTime());
    }

    [Fact]
    public async Task A_source_that_fails_before_its_call_is_read_gives_the_call_its_reason()
    {
        await PostAsync("1?abort=1", new MemoryStream("no camera"u8.ToArray()));
        Assert.Equal(0, _table.Count);

        var body = _table.Claim(new BodyReference(1, 100));

        var error = await Assert.ThrowsAsync<IpcException>(() => body.BufferAsync(CancellationToken.None).InTime());
        Assert.Contains("no camera", error.Message, StringComparison.Ordinal);
        _table.Release(body);
        Assert.Equal(IpcErrorCode.InvalidParams, Assert.Throws<IpcException>(() => _table.Claim(new BodyReference(1, null))).Code);
    }

    [Fact]
    public async Task Reasons_that_no_call_asks_for_are_kept_for_a_few_hundred_bodies_alone()
    {
        for (var i = 1; i <= 300; i++)
        {
            await PostAsync($"{i}?abort=1", new MemoryStream("why"u8.ToArray()));
        }

        Assert.Equal(IpcErrorCode.InvalidParams, Assert.Throws<IpcException>(() => _table.Claim(new BodyReference(44, null))).Code);
        Assert.Equal(45, _table.Claim(new BodyReference(45, null)).Id);
    }

    [Fact]
    public async Task All_ends_with_the_document()
    {
        var (idle, waiting) = (new CountingStream(10), new CountingStream(10) { Waits = true });
        _table.Park(new DownBody(idle, "a/b"));
        var read = GetAsync(_table.Park(new DownBody(waiting, "a/b")), 0);
        var range = SendRangeAsync("1", 0, [1], isLast: false);
        var reading = Assert.ThrowsAnyAsync<Exception>(() => _table.Claim(new BodyReference(2, null)).ReadAsync(new byte[1]).AsTask());

        _table.End();

        await idle.Disposed.InTime();
        await waiting.Disposed.InTime();
        await read.InTime();
        await reading.InTime();
        Assert.Equal(410, (await range.InTime()).Status);
        Assert.Equal(410, (await SendRangeAsync("3", 0, [1], isLast: true)).Status);
        Assert.Equal(IpcErrorCode.Disconnected, Assert.Throws<IpcException>(() => _table.Park(new DownBody(new byte[1], "a/b"))).Code);
        Assert.Equal((0, 0L), (_table.Count, _table.HeldBytes));
    }

    [Fact]
    public async Task Bytes_of_the_page_are_read_straight_to_where_their_reader_wants_them()
    {
        var content = new CountingStream(1_000);
        var answer = PostAsync("1?offset=0&last=1", content);
        var body = _table.Claim(new BodyReference(1, 1_000));
        var destination = new byte[1_000];

        await body.ReadExactlyAsync(destination).AsTask().InTime();

        Assert.True(content.FirstDestination.Span.Overlaps(destination));
        Assert.Equal(CountingStream.BytesOf(1_000), destination);
        Assert.Equal(200, (await answer.InTime()).Status);
    }

    [Fact]
    public async Task Bytes_that_are_wanted_as_a_whole_are_copied_once()
    {
        var content = new CountingStream(1_000);
        var answer = PostAsync("1?offset=0&last=1", content);
        var body = _table.Claim(new BodyReference(1, 1_000));

        await body.BufferAsync(CancellationToken.None).InTime();

        Assert.True(content.FirstDestination.Span.Overlaps(body.Bytes));
        Assert.Equal(CountingStream.BytesOf(1_000), body.Bytes);
        Assert.Equal(200, (await answer.InTime()).Status);
    }

    [Fact]
    public async Task The_answer_to_a_range_waits_until_it_has_been_read()
    {
        var answer = SendRangeAsync("1", 0, [1, 2, 3], isLast: false);
        var body = _table.Claim(new BodyReference(1, null));
        Assert.Equal(2, await body.ReadAsync(new byte[2]));
        Assert.False(answer.IsCompleted);

        Assert.Equal(1, await body.ReadAsync(new byte[2]));
        var next = body.ReadAsync(new byte[2]).AsTask();
        Assert.Equal(200, (await answer.InTime()).Status);

        var last = SendRangeAsync("1", 3, [], isLast: true);
        Assert.Equal(0, await next.InTime());
        Assert.Equal(200, (await last.InTime()).Status);
    }

    [Theory]
    [InlineData(0, 3, 4, true)]
    [InlineData(0, 5, 4, true)]
    [InlineData(0, 5, 4, false)]
    [InlineData(1, 4, 4, true)]
    [InlineData(0, 0, 4, true)]
    [InlineData(0, 1, 0, true)]
    public async Task A_page_that_lies_about_offset_or_length_ends_its_call(long offset, int sent, long announced, bool isLast)
    {
        var body = _table.Claim(new BodyReference(1, announced));
        var answer = SendRangeAsync("1", offset, new byte[sent], isLast);

        var error = await Assert.ThrowsAsync<IpcException>(() => body.BufferAsync(CancellationToken.None).InTime());

        Assert.Equal(IpcErrorCode.InvalidParams, error.Code);
        Assert.Equal(400, (await answer.InTime()).Status);
        Assert.Equal(400, (await SendRangeAsync("1", 0, new byte[4], isLast: true)).Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public async Task A_page_that_never_sends_or_stops_half_way_ends_its_call(int sent)
    {
        var table = new BodyTable(IpcLimits.Default, static () => false) { Patience = TimeSpan.FromMilliseconds(20) };
        var body = table.Claim(new BodyReference(1, 100));
        if (sent > 0)
        {
            _ = table.RespondAsync(Request("POST", table.Token, "1?offset=0&last=0", new MemoryStream(new byte[sent])), "1").AsTask();
        }

        var error = await Assert.ThrowsAsync<IpcException>(() => body.BufferAsync(CancellationToken.None).InTime());

        Assert.Equal(IpcErrorCode.InvalidParams, error.Code);
        Assert.Contains($"sent {sent}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_the_page_s_own_source_fails_is_cancelled_with_its_reason()
    {
        var body = _table.Claim(new BodyReference(1, null));
        var reading = body.ReadAsync(new byte[1]).AsTask();

        await PostAsync("1?abort=1", new MemoryStream("no camera"u8.ToArray()));

        var error = await Assert.ThrowsAsync<IpcException>(() => reading.InTime());
        Assert.Equal(IpcErrorCode.Cancelled, error.Code);
        Assert.Contains("no camera", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_range_of_a_call_that_is_over_is_turned_away()
    {
        var waiting = SendRangeAsync("1", 0, [1], isLast: false);
        _table.Release(_table.Claim(new BodyReference(1, null)));

        Assert.Equal(410, (await waiting.InTime()).Status);
        Assert.Equal(410, (await SendRangeAsync("1", 0, [1], isLast: true)).Status);
        Assert.Equal(IpcErrorCode.InvalidParams, Assert.Throws<IpcException>(() => _table.Claim(new BodyReference(1, null))).Code);
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public async Task A_range_that_no_call_ever_asks_for_is_forgotten_when_the_page_aborts_it()
    {
        var range = SendRangeAsync("1", 0, [1], isLast: false);
        await PostAsync("1?abort=1", Stream.Null);

        Assert.NotEqual(200, (await range.InTime()).Status);
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public async Task More_bodies_of_the_page_than_the_limit_are_refused()
    {
        var ranges = Enumerable.Range(1, 10_000).Select(i => SendRangeAsync($"{i}", 0, [1], isLast: false)).ToArray();

        Assert.Equal(1_024, _table.Count);
        Assert.All(ranges[1_024..], static range => Assert.Equal(503, range.Result.Status));
        Assert.Equal(IpcErrorCode.Busy, Assert.Throws<IpcException>(() => _table.Claim(new BodyReference(20_000, null))).Code);
        _table.End();
        await Task.WhenAll(ranges).InTime();
    }

    [Fact]
    public async Task More_bytes_than_a_document_may_hold_are_refused_and_a_stream_of_as_many_passes()
    {
        var body = _table.Claim(new BodyReference(1, 3_000_001));
        var answer = SendRangeAsync("1", 0, new byte[10], isLast: false);
        Assert.Equal(IpcErrorCode.PayloadTooLarge, (await Assert.ThrowsAsync<IpcException>(() => body.BufferAsync(CancellationToken.None).InTime())).Code);
        await answer.InTime();

        var unknown = _table.Claim(new BodyReference(2, null));
        _ = SendRangeAsync("2", 0, new byte[3_000_001], isLast: true);
        Assert.Equal(IpcErrorCode.PayloadTooLarge, (await Assert.ThrowsAsync<IpcException>(() => unknown.BufferAsync(CancellationToken.None).InTime())).Code);

        var stream = _table.Claim(new BodyReference(3, 3_000_001));
        _ = SendRangeAsync("3", 0, new byte[3_000_001], isLast: true);
        var count = new MemoryStream();
        await stream.CopyToAsync(count).InTime();
        Assert.Equal(3_000_001, count.Length);
    }

    [Fact]
    public async Task What_calls_hold_is_bounded_together_and_given_back_with_them()
    {
        var first = _table.Claim(new BodyReference(1, 2_000_000));
        _ = SendRangeAsync("1", 0, new byte[2_000_000], isLast: true);
        await first.BufferAsync(CancellationToken.None).InTime();
        var second = _table.Claim(new BodyReference(2, 2_000_000));
        _ = SendRangeAsync("2", 0, new byte[2_000_000], isLast: true);
        Assert.Equal(IpcErrorCode.Busy, (await Assert.ThrowsAsync<IpcException>(() => second.BufferAsync(CancellationToken.None).InTime())).Code);

        _table.Release(first);
        _table.Release(second);

        Assert.Equal(0, _table.HeldBytes);
    }

    [Theory]
    [InlineData("GET", "", 404)]
    [InlineData("GET", "01", 404)]
    [InlineData("GET", "-1", 404)]
    [InlineData("GET", "1e3", 404)]
    [InlineData("GET", "1/../1", 404)]
    [InlineData("GET", "99999999999999999999", 404)]
    [InlineData("POST", "7", 400)]
    [InlineData("POST", "7?offset=-1&last=0", 400)]
    [InlineData("POST", "7?offset=0&last=2", 400)]
    [InlineData("POST", "7?last=1&offset=0", 400)]
    [InlineData("PUT", "7", 405)]
    [InlineData("HEAD", "7", 405)]
    public async Task A_request_that_is_none_of_the_client_s_is_refused(string method, string rest, int status)
    {
        Assert.Equal(status, (await SendAsync(method, rest)).Status);
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public void Only_the_whole_token_is_the_token()
    {
        Assert.True(_table.IsToken(_table.Token));
        foreach (var other in new[] { "", _table.Token[1..], _table.Token + "0", _table.Token.ToUpperInvariant() + " ", new string('0', 32), new string('é', 16), new string('é', 32) })
        {
            Assert.False(_table.IsToken(other));
        }
    }

    private async Task<long> ParkAsync(int bytes)
    {
        var id = _table.NextId();
        await _table.ParkAsync([KeyValuePair.Create(id, new DownBody(new byte[bytes], "a/b"))], CancellationToken.None);
        return id;
    }

    private Task<ProtocolResponse> GetAsync(long id, long? offset = null) => SendAsync("GET", offset is null ? $"{id}" : $"{id}?offset={offset}");

    private Task<ProtocolResponse> SendAsync(string method, string rest) => _table.RespondAsync(Request(method, _table.Token, rest, Stream.Null), rest.Split('?')[0]).AsTask();

    private Task<ProtocolResponse> SendRangeAsync(string id, long offset, byte[] bytes, bool isLast) => PostAsync($"{id}?offset={offset}&last={(isLast ? 1 : 0)}", new MemoryStream(bytes));

    private Task<ProtocolResponse> PostAsync(string rest, Stream content) => _table.RespondAsync(Request("POST", _table.Token, rest, content), rest.Split('?')[0]).AsTask();

    private static ProtocolRequest Request(string method, string token, string rest, Stream body) => new()
    {
        Address = new Uri($"oriel://app/.oriel/body/{token}/{rest}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }),
        Method = method,
        Headers = new Dictionary<string, string>(),
        Body = body,
    };
}
