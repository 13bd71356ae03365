using Oriel.Assets;
using Oriel.Security;

namespace Oriel.Protocols;

/// <summary>Leads the requests of pages to the bridge, the assets, or the app's protocol handlers; refuses those of strangers.</summary>
/// <remarks>
/// WebKit sends cross-origin requests of custom schemes to the handler and only keeps the answer from the page (no preflight,
/// measured), so whoever has no business here is refused before anything runs.
/// </remarks>
internal sealed class RequestRouter(AssetServer assets, AssetServer ownAssets, ServedContents served, ProtocolRegistry protocols, Func<string> contentSecurityPolicy, AppLog log)
{
    public void Route(Window window, ProtocolRequest request, IProtocolResponder responder)
    {
        request.Window = window;
        var origin = request.Header("Origin");

        if (window.Home is { } home && !IsOfItsDocument(request))
        {
            RouteOrigin(home, request, origin, responder);
            return;
        }

        if (request.Address.Scheme == BridgeAddress.Scheme)
        {
            RouteApp(window, request, origin, responder);
            return;
        }

        if (Refuses(request, origin))
        {
            LogRefusal(window, request, origin);
            Answer(request, responder, ProtocolResponse.Error(403, "This origin may not use the scheme."));
            return;
        }

        if (protocols.Find(request.Address.Scheme) is not { } handler)
        {
            Answer(request, responder, ProtocolResponse.Error(404, "Nothing serves this scheme."));
            return;
        }

        Handle(handler, request, responder);
    }

    private void Handle(ProtocolHandler handler, ProtocolRequest request, IProtocolResponder responder)
    {
        // Opened here, on the UI thread, and not before: WebKitGTK ends the process over some bodies (a Blob: 2.50 and 2.52 read
        // a null pointer in webkit_uri_scheme_request_get_http_body), so that a stranger's is never even opened.
        _ = request.Body;
        ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.Router.HandleAsync(state.Handler, state.Request, state.Responder), (Router: this, Handler: handler, Request: request, Responder: responder), preferLocal: false);
    }

    // By the window, not by what the request says of itself: an image or a script is asked for without an Origin, and a page can
    // leave its Referer out. So nothing of the app's, no frame of it and no scheme of it, is ever loaded into a window of lower trust.
    private void RouteOrigin(AppOrigin home, ProtocolRequest request, string? origin, IProtocolResponder responder)
    {
        if (request.Address.Scheme != BridgeAddress.Scheme || request.Address.Host != home.Name || request.Address.Port >= 0 || (origin is not null && origin != home.Origin))
        {
            if (home.MayLogRefusal())
            {
                log.Value.RequestOfLowerTrustRefused(request.Method, home.Origin, $"{request.Address.Scheme}://{request.Address.Host}");
            }

            Answer(request, responder, ProtocolResponse.Error(403, "This origin may load its own assets alone."));
            return;
        }

        if (request.Address.AbsolutePath.StartsWith(BridgeAddress.Folder, StringComparison.Ordinal))
        {
            Answer(request, responder, ProtocolResponse.Error(404, "There is no such asset."));
            return;
        }

        Respond(home.Assets, () => home.ContentSecurityPolicy, request, origin, responder);
    }

    // A document's bridge is at the app's address wherever the document is from, behind an id that only this document was given.
    private static bool IsOfItsDocument(ProtocolRequest request) =>
        request.Address.Scheme == BridgeAddress.Scheme && request.Address.Host == BridgeAddress.Host &&
        (request.Address.AbsolutePath.StartsWith(BridgeAddress.Down, StringComparison.Ordinal) || request.Address.AbsolutePath.StartsWith(BridgeAddress.Body, StringComparison.Ordinal));

    // "token/number": a token that is not the document's is answered as a number that is unknown.
    private void RouteBody(Window window, ProtocolRequest request, string path, IProtocolResponder responder)
    {
        if (!Admits(window, window.IsFromDocument(request), request, responder))
        {
            return;
        }

        var slash = path.IndexOf('/');
        if (slash < 0 || window.FindBodies(path.AsSpan(0, slash)) is not { } bodies)
        {
            Answer(request, responder, Harden(ProtocolResponse.Error(404, "There is no such body."), request.Header("Origin")));
            return;
        }

        var id = path[(slash + 1)..];
        if (BodyTable.IsRange(request))
        {
            // On this thread, which it does not hold up: commands that wait for the range may have all of the pool's.
            _ = request.Body;
            _ = HandleAsync(_ => bodies.RespondAsync(request, id), request, responder);
            return;
        }

        Handle(_ => bodies.RespondAsync(request, id), request, responder);
    }

    // WebKit says where a cross-origin request comes from by one header or the other, or by none: then the token, or the key, has to do.
    private bool Admits(Window window, bool isOwn, ProtocolRequest request, IProtocolResponder responder)
    {
        if (isOwn)
        {
            return true;
        }

        LogRefusal(window, request, request.Header("Origin") ?? Origin.Of(request.Header("Referer") ?? ""));
        Answer(request, responder, ProtocolResponse.Error(403, "Only the window's own document may load this."));
        return false;
    }

    private void RouteApp(Window window, ProtocolRequest request, string? origin, IProtocolResponder responder)
    {
        if (request.Address.Host != BridgeAddress.Host)
        {
            Answer(request, responder, ProtocolResponse.Error(404, "There is no such host."));
            return;
        }

        var path = request.Address.AbsolutePath;
        if (path.StartsWith(BridgeAddress.Down, StringComparison.Ordinal))
        {
            Answer(request, responder, Harden(window.OpenDown(path[BridgeAddress.Down.Length..], origin), origin));
            return;
        }

        if (path.StartsWith(BridgeAddress.Body, StringComparison.Ordinal))
        {
            RouteBody(window, request, path[BridgeAddress.Body.Length..], responder);
            return;
        }

        if (path.StartsWith(BridgeAddress.Serve, StringComparison.Ordinal))
        {
            if (request.Method is not ("GET" or "HEAD"))
            {
                Answer(request, responder, ProtocolResponse.Error(405, "Only GET and HEAD."));
            }
            else if (Admits(window, window.IsFromApp(request), request, responder))
            {
                Handle(_ => ValueTask.FromResult(served.Respond(request, path[BridgeAddress.Serve.Length..])), request, responder);
            }

            return;
        }

        if (origin is not (null or BridgeAddress.Origin))
        {
            LogRefusal(window, request, origin);
            Answer(request, responder, ProtocolResponse.Error(403, "This origin may not load the app's assets."));
            return;
        }

        if (path.StartsWith(BridgeAddress.UI, StringComparison.Ordinal))
        {
            RespondWithAsset(ownAssets, path[(BridgeAddress.UI.Length - 1)..], contentSecurityPolicy, request, origin, responder);
            return;
        }

        Respond(assets, contentSecurityPolicy, request, origin, responder);
    }

    private void LogRefusal(Window window, ProtocolRequest request, string? origin)
    {
        if (window.RefusedRequests.MayLog(origin))
        {
            log.Value.RequestRefused(request.Method, request.Address.Scheme, origin);
        }
    }

    private void Respond(AssetServer server, Func<string> policy, ProtocolRequest request, string? origin, IProtocolResponder responder)
    {
        if (server.IsImmediate)
        {
            RespondWithAsset(server, request.Address.AbsolutePath, policy, request, origin, responder);
            return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(
            static state => state.Router.RespondWithAsset(state.Server, state.Request.Address.AbsolutePath, state.Policy, state.Request, state.Origin, state.Responder),
            (Router: this, Server: server, Policy: policy, Request: request, Origin: origin, Responder: responder),
            preferLocal: false);
    }

    private void RespondWithAsset(AssetServer server, string path, Func<string> policy, ProtocolRequest request, string? origin, IProtocolResponder responder)
    {
        ProtocolResponse response;
        try
        {
            response = server.Respond(request, path, policy());
        }
        catch (Exception exception)
        {
            log.Value.ProtocolHandlerFailed(request.Address.Scheme, exception);
            response = ProtocolResponse.Error(500, "The asset could not be read.");
        }

        Answer(request, responder, Harden(response, origin));
    }

    private async Task HandleAsync(ProtocolHandler handler, ProtocolRequest request, IProtocolResponder responder)
    {
        ProtocolResponse response;
        try
        {
            response = await handler(request).ConfigureAwait(false) ?? ProtocolResponse.Error(500, "The handler gave no answer.");
        }
        catch (OperationCanceledException) when (request.CancellationToken.IsCancellationRequested)
        {
            response = ProtocolResponse.Error(499, "The page does not want the answer any more.");
        }
        catch (Exception exception)
        {
            // The text of an exception can hold paths and secrets, and the page is not trusted.
            log.Value.ProtocolHandlerFailed(request.Address.Scheme, exception);
            response = ProtocolResponse.Error(500, "The handler failed.");
        }

        Answer(request, responder, Harden(response, request.Header("Origin")));
    }

    private static void Answer(ProtocolRequest request, IProtocolResponder responder, ProtocolResponse response)
    {
        // Not left to the collector, which knows nothing of the native memory behind it (measured: a third of the rate at 1 MB).
        request.CloseBody(response.Stream);
        responder.Respond(response);
    }

    // A page of the app calls another scheme across origins, so its fetches carry an Origin. Without one a request is either
    // an image, a video or a style sheet (GET), or somebody's no-cors POST, which must not change anything.
    private static bool Refuses(ProtocolRequest request, string? origin)
    {
        if (origin is not null)
        {
            return origin != BridgeAddress.Origin;
        }

        return request.Method is not ("GET" or "HEAD") || (request.Header("Referer") is { } referer && Origin.Of(referer) != BridgeAddress.Origin);
    }

    private static ProtocolResponse Harden(ProtocolResponse response, string? origin)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["X-Content-Type-Options"] = "nosniff",

            // WebKit answers a repeated XHR from its memory cache otherwise, and the handler never hears of it.
            ["Cache-Control"] = "no-store",
        };

        if (origin is not null)
        {
            headers["Access-Control-Allow-Origin"] = origin;
            headers["Access-Control-Expose-Headers"] = $"Accept-Ranges, Content-Length, Content-Range, ETag, {DownBody.EndHeader}";
        }

        foreach (var (name, value) in response.Headers)
        {
            // A header is a line: what would end it never leaves this process.
            if (!name.AsSpan().ContainsAny("\r\n\0:") && !value.AsSpan().ContainsAny("\r\n\0"))
            {
                headers[name] = value;
            }
        }

        return response.ContentType.AsSpan().ContainsAny("\r\n\0")
            ? response with { Headers = headers, ContentType = MimeTypes.Unknown }
            : response with { Headers = headers };
    }
}
