using System.Globalization;

namespace Oriel.Protocols;

/// <summary>Answers a request for content that can be read from any place: with Range, HEAD and ETag (RFC 9110).</summary>
public static class ContentResponse
{
    /// <summary>Answers with the content of a seekable stream, or the part of it that the request names.</summary>
    /// <param name="request">What the page asks for.</param>
    /// <param name="content">The content; it is disposed when the page has it.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="entityTag">Changes whenever the content does, quoted as in the header; null for none.</param>
    public static ProtocolResponse Create(ProtocolRequest request, Stream content, string contentType, string? entityTag = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(content);

        var length = content.Length;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Accept-Ranges"] = "bytes" };
        if (entityTag is not null)
        {
            headers["ETag"] = entityTag;
        }

        // RFC 9110, 14.2: for any method but GET the header means nothing.
        var outcome = request.Method == "GET" && IsConditionMet(request, entityTag) ? RangeHeader.Parse(request.Header("Range"), length, out var first, out var count) : WholeOf(length, out first, out count);

        if (outcome == RangeHeader.Outcome.Unsatisfiable)
        {
            content.Dispose();
            headers["Content-Range"] = string.Create(CultureInfo.InvariantCulture, $"bytes */{length}");
            return new ProtocolResponse { Status = 416, ContentType = contentType, Headers = headers };
        }

        if (outcome == RangeHeader.Outcome.Part)
        {
            headers["Content-Range"] = string.Create(CultureInfo.InvariantCulture, $"bytes {first}-{first + count - 1}/{length}");
        }

        if (request.Method == "HEAD")
        {
            content.Dispose();
            headers["Content-Length"] = count.ToString(CultureInfo.InvariantCulture);
            return new ProtocolResponse { ContentType = contentType, Headers = headers };
        }

        return new ProtocolResponse
        {
            Status = StatusOf(outcome),
            ContentType = contentType,
            Headers = headers,
            Stream = new StreamSlice(content, first, count),
            StreamLength = count,
        };
    }

    private static int StatusOf(RangeHeader.Outcome outcome) => outcome == RangeHeader.Outcome.Part ? 206 : 200;

    // If-Range: a range of content that has changed since would be a part of something else. A weak tag cannot tell (13.1.5).
    private static bool IsConditionMet(ProtocolRequest request, string? entityTag) =>
        request.Header("If-Range") is not { } condition || (condition == entityTag && !condition.StartsWith("W/", StringComparison.Ordinal));

    private static RangeHeader.Outcome WholeOf(long length, out long first, out long count)
    {
        first = 0;
        count = length;
        return RangeHeader.Outcome.Whole;
    }
}
