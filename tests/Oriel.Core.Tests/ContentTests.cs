using Oriel.Assets;
using Oriel.Protocols;

namespace Oriel.Tests;

public sealed class ContentTests
{
    [Theory]
    [InlineData(null, 0, 10)]
    [InlineData("bytes=0-9", 0, 10, true)]
    [InlineData("bytes=0-0", 0, 1, true)]
    [InlineData("bytes=9-9", 9, 1, true)]
    [InlineData("bytes=3-", 3, 7, true)]
    [InlineData("bytes=-3", 7, 3, true)]
    [InlineData("bytes=-10", 0, 10, true)]
    [InlineData("bytes=-99", 0, 10, true)]
    [InlineData("bytes=5-99", 5, 5, true)]
    [InlineData("BYTES=0-1", 0, 2, true)]
    [InlineData("bytes= 0-1 ", 0, 2, true)]
    [InlineData("bytes=0-9223372036854775807", 0, 10, true)]
    [InlineData("bytes=0-9223372036854775808", 0, 10)]
    [InlineData("bytes=99999999999999999999-", 0, 10)]
    [InlineData("bytes=5-3", 0, 10)]
    [InlineData("bytes=-", 0, 10)]
    [InlineData("bytes=", 0, 10)]
    [InlineData("bytes=a-b", 0, 10)]
    [InlineData("bytes=--5", 0, 10)]
    [InlineData("bytes=+1-2", 0, 10)]
    [InlineData("bytes=1 - 2", 0, 10)]
    [InlineData("bytes=0x1-2", 0, 10)]
    [InlineData("bytes=0-1,3-4", 0, 10)]
    [InlineData("items=0-1", 0, 10)]
    [InlineData("0-1", 0, 10)]
    [InlineData("", 0, 10)]
    public void A_range_of_ten_bytes_is_a_part_or_the_whole(string? header, long first, long count, bool isPart = false)
    {
        var outcome = RangeHeader.Parse(header, 10, out var readFirst, out var readCount);

        Assert.Equal((isPart ? RangeHeader.Outcome.Part : RangeHeader.Outcome.Whole, first, count), (outcome, readFirst, readCount));
    }

    [Theory]
    [InlineData("bytes=10-", 10)]
    [InlineData("bytes=10-20", 10)]
    [InlineData("bytes=9223372036854775807-", 10)]
    [InlineData("bytes=9223372036854775807-9223372036854775807", 10)]
    [InlineData("bytes=-0", 10)]
    [InlineData("bytes=0-", 0)]
    [InlineData("bytes=0-0", 0)]
    [InlineData("bytes=-5", 0)]
    public void A_range_without_a_byte_cannot_be_satisfied(string header, long length) =>
        Assert.Equal(RangeHeader.Outcome.Unsatisfiable, RangeHeader.Parse(header, length, out _, out _));

    [Fact]
    public void A_range_of_very_long_content_does_not_overflow()
    {
        Assert.Equal(RangeHeader.Outcome.Part, RangeHeader.Parse("bytes=0-", long.MaxValue, out _, out var count));
        Assert.Equal(long.MaxValue, count);
        Assert.Equal(RangeHeader.Outcome.Part, RangeHeader.Parse("bytes=-9223372036854775807", long.MaxValue, out var first, out _));
        Assert.Equal(0, first);
    }

    [Fact]
    public async Task The_whole_is_answered_with_its_length_and_tag()
    {
        var response = Create("GET");

        Assert.Equal((200, 10L, "bytes", "\"tag\""), (response.Status, response.StreamLength, response.Headers["Accept-Ranges"], response.Headers["ETag"]));
        Assert.Equal("0123456789", await ReadAsync(response));
    }

    [Fact]
    public async Task A_part_is_answered_as_one()
    {
        var response = Create("GET", ("Range", "bytes=3-5"));

        Assert.Equal((206, 3L, "bytes 3-5/10"), (response.Status, response.StreamLength, response.Headers["Content-Range"]));
        Assert.Equal("345", await ReadAsync(response));
    }

    [Fact]
    public void A_range_that_cannot_be_satisfied_is_told_the_length_and_the_content_is_closed()
    {
        var content = new MemoryStream("0123456789"u8.ToArray());
        var response = ContentResponse.Create(Request("GET", ("Range", "bytes=10-")), content, "text/plain");

        Assert.Equal((416, "bytes */10"), (response.Status, response.Headers["Content-Range"]));
        Assert.False(content.CanRead);
    }

    [Theory]
    [InlineData("\"tag\"", 206)]
    [InlineData("\"other\"", 200)]
    [InlineData("W/\"tag\"", 200)]
    [InlineData("Wed, 21 Oct 2015 07:28:00 GMT", 200)]
    public void If_Range_asks_for_the_whole_when_the_content_has_changed(string condition, int status) =>
        Assert.Equal(status, Create("GET", ("Range", "bytes=0-1"), ("If-Range", condition)).Status);

    [Fact]
    public void A_weak_tag_does_not_vouch_for_a_part()
    {
        var response = ContentResponse.Create(Request("GET", ("Range", "bytes=0-1"), ("If-Range", "W/\"tag\"")), new MemoryStream(new byte[10]), "text/plain", "W/\"tag\"");

        Assert.Equal(200, response.Status);
    }

    // RFC 9110, 14.2: Range is defined for GET alone.
    [Theory]
    [InlineData(null)]
    [InlineData("bytes=0-1")]
    [InlineData("bytes=99-")]
    public void HEAD_tells_the_length_of_the_whole_and_closes_the_content(string? range)
    {
        var content = new MemoryStream("0123456789"u8.ToArray());
        var response = ContentResponse.Create(range is null ? Request("HEAD") : Request("HEAD", ("Range", range)), content, "text/plain");

        Assert.Equal((200, "10"), (response.Status, response.Headers["Content-Length"]));
        Assert.Null(response.Stream);
        Assert.False(content.CanRead);
    }

    [Fact]
    public async Task An_empty_file_is_empty()
    {
        var response = ContentResponse.Create(Request("GET"), new MemoryStream(), "text/plain");

        Assert.Equal((200, 0L), (response.Status, response.StreamLength));
        Assert.Equal("", await ReadAsync(response));
    }

    [Fact]
    public void A_part_closes_its_content()
    {
        var content = new MemoryStream(new byte[10]);
        ContentResponse.Create(Request("GET"), content, "text/plain").Stream!.Dispose();

        Assert.False(content.CanRead);
    }

    [Theory]
    [InlineData("a.html", "text/html; charset=utf-8")]
    [InlineData("A.HTML", "text/html; charset=utf-8")]
    [InlineData("a.tar.gz", "application/gzip")]
    [InlineData("dir.html/a.js", "text/javascript; charset=utf-8")]
    [InlineData("dir.html/a", null)]
    [InlineData("html", null)]
    [InlineData(".html", "text/html; charset=utf-8")]
    [InlineData("a.", null)]
    [InlineData("a.exe", null)]
    [InlineData("", null)]
    public void The_type_goes_by_the_extension(string path, string? type) => Assert.Equal(type, MimeTypes.Find(path));

    private static ProtocolResponse Create(string method, params (string Name, string Value)[] headers) =>
        ContentResponse.Create(Request(method, headers), new MemoryStream("0123456789"u8.ToArray()), "text/plain", "\"tag\"");

    private static ProtocolRequest Request(string method, params (string Name, string Value)[] headers) => new()
    {
        Address = new Uri("oriel://app/a.txt"),
        Method = method,
        Headers = headers.ToDictionary(static header => header.Name, static header => header.Value, StringComparer.OrdinalIgnoreCase),
    };

    private static async Task<string> ReadAsync(ProtocolResponse response)
    {
        using var reader = new StreamReader(response.Stream!);
        return await reader.ReadToEndAsync();
    }
}
