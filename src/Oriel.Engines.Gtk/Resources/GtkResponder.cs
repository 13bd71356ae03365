using System.Diagnostics.CodeAnalysis;
using Oriel.Engines.Gtk.Native;
using Oriel.Protocols;

namespace Oriel.Engines.Gtk;

/// <summary>Answers a request of WebKit's, from any thread, at any time.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The source has no timer and no handle; it is cancelled when the body is done with.")]
internal sealed unsafe class GtkResponder : IProtocolResponder
{
    private readonly GtkEngine _engine;
    private readonly CancellationTokenSource _cancellation = new();
    private nint _request;

    public GtkResponder(GtkEngine engine, nint request)
    {
        _engine = engine;
        _request = LibGObject.g_object_ref(request);
    }

    public CancellationToken CancellationToken => _cancellation.Token;

    public void Respond(ProtocolResponse response)
    {
        if (_engine.Dispatcher.CheckAccess())
        {
            RespondHere(response);
        }
        else
        {
            _engine.Dispatcher.Post(() => RespondHere(response));
        }
    }

    private void RespondHere(ProtocolResponse response)
    {
        if (_request == 0)
        {
            throw new InvalidOperationException("The request was answered before.");
        }

        var stream = BodyStream.Create(new BodyReader(response, _cancellation));
        var native = LibWebKit.webkit_uri_scheme_response_new(stream, response.Stream is null ? response.Bytes.Length : response.StreamLength ?? -1);
        LibWebKit.webkit_uri_scheme_response_set_status(native, (uint)response.Status, 0);
        LibWebKit.webkit_uri_scheme_response_set_content_type(native, response.ContentType);

        // The response takes the headers over.
        var headers = LibSoup.soup_message_headers_new(LibSoup.SOUP_MESSAGE_HEADERS_RESPONSE);

        // Also as a header: that is where WebKit looks when "nosniff" makes it strict about scripts and style sheets.
        LibSoup.soup_message_headers_append(headers, "Content-Type", response.ContentType);

        foreach (var (name, value) in response.Headers)
        {
            LibSoup.soup_message_headers_append(headers, name, value);
        }

        LibWebKit.webkit_uri_scheme_response_set_http_headers(native, headers);
        LibWebKit.webkit_uri_scheme_request_finish_with_response(_request, native);

        LibGObject.g_object_unref(native);
        LibGObject.g_object_unref(stream);
        LibGObject.g_object_unref(_request);
        _request = 0;
    }
}
