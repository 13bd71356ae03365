using Oriel.Engines.Gtk.Native;
using Oriel.Protocols;

namespace Oriel.Engines.Gtk;

/// <summary>Reads a WebKitURISchemeRequest. UI thread.</summary>
internal static unsafe class GtkRequest
{
    public static ProtocolRequest Read(Dispatcher dispatcher, nint request, CancellationToken cancellationToken)
    {
        var method = NativeText.Read(LibWebKit.webkit_uri_scheme_request_get_http_method(request)).ToUpperInvariant();
        return new ProtocolRequest
        {
            Address = ParseAddress(NativeText.Read(LibWebKit.webkit_uri_scheme_request_get_uri(request))),
            Method = method,
            Headers = ReadHeaders(LibWebKit.webkit_uri_scheme_request_get_http_headers(request)),
            BodySource = method is "GET" or "HEAD" ? null : () => OpenBody(dispatcher, request),
            CancellationToken = cancellationToken,
        };
    }

    // The path reaches the handlers as the page wrote it: nothing here may decode it, or fold ".." away before it is checked.
    // Uri then no longer tells a fragment from the path either; a document's address has one, and no request is about it.
    private static Uri ParseAddress(string address)
    {
        var end = address.IndexOf('#');
        return new Uri(end < 0 ? address : address[..end], new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    private static Stream OpenBody(Dispatcher dispatcher, nint request)
    {
        var stream = LibWebKit.webkit_uri_scheme_request_get_http_body(request);
        return stream == 0 ? Stream.Null : new RequestBody(dispatcher, stream);
    }

    private static Dictionary<string, string> ReadHeaders(nint headers)
    {
        var read = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (headers == 0)
        {
            return read;
        }

        LibSoup.SoupMessageHeadersIter iterator;
        LibSoup.soup_message_headers_iter_init(&iterator, headers);

        byte* name;
        byte* value;
        while (LibSoup.soup_message_headers_iter_next(&iterator, &name, &value) != 0)
        {
            read[NativeText.Read((nint)name)] = NativeText.Read((nint)value);
        }

        return read;
    }
}
