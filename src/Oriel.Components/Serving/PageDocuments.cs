using Microsoft.AspNetCore.Http;
using Oriel.Assets;
using Oriel.Protocols;

namespace Oriel.Components;

/// <summary>Answers browsers with documents, and with the files that they load.</summary>
/// <param name="gate">Who may.</param>
/// <param name="policy">The Content-Security-Policy of documents, but for the socket.</param>
/// <param name="write">Writes the document that components are shown in, by the address that its paths are relative to and the one that it connects to.</param>
internal sealed class PageDocuments(ServeGate gate, Func<string> policy, Func<string, string, string> write)
{
    /// <summary>Answers with the document of a place, where it has one.</summary>
    /// <returns>False when nothing is served at the path; nothing has been answered then.</returns>
    public async Task<bool> SendAsync(HttpContext context, ServedPlace place)
    {
        if (place.Find(context.Request.Path) is null)
        {
            return false;
        }

        if (await gate.AdmitVisitorAsync(context).ConfigureAwait(false) is null)
        {
            return true;
        }

        var response = context.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = PolicyFor(context);
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.WriteAsync(write($"{context.Request.PathBase}/", $"{context.Request.PathBase}{place.Socket}"), context.RequestAborted).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Answers with a file of the application.</summary>
    public async Task SendFileAsync(HttpContext context, AssetServer assets, string path)
    {
        if (await gate.AdmitVisitorAsync(context).ConfigureAwait(false) is not null)
        {
            await RespondAsync(context, assets, path).ConfigureAwait(false);
        }
    }

    /// <summary>Answers with a file that everybody may have: a script or a style sheet of Oriel's own.</summary>
    public async Task SendOwnFileAsync(HttpContext context, AssetServer assets, string path)
    {
        if (await gate.AdmitsHostAsync(context).ConfigureAwait(false))
        {
            await RespondAsync(context, assets, path).ConfigureAwait(false);
        }
    }

    private async Task RespondAsync(HttpContext context, AssetServer assets, string path)
    {
        var headers = context.Request.Headers.ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var request = new ProtocolRequest { Address = new Uri($"http://localhost{path}"), Method = context.Request.Method, Headers = headers, CancellationToken = context.RequestAborted };
        var answer = assets.Respond(request, path, PolicyFor(context));
        await using var content = (answer.Stream ?? Stream.Null).ConfigureAwait(false);

        // Always asked for again: what an update has changed must not meet what a browser kept.
        context.Response.Headers.CacheControl = "no-cache";
        if (answer.Headers.TryGetValue("ETag", out var tag) && answer.Status == StatusCodes.Status200OK && context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            context.Response.Headers.ETag = tag;
            return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        if (answer.Stream is null)
        {
            await context.Response.Body.WriteAsync(answer.Bytes, context.RequestAborted).ConfigureAwait(false);
            return;
        }

        context.Response.ContentLength = answer.StreamLength;
        await answer.Stream.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
    }

    // Older browsers do not take 'self' for a socket of the same host. Nobody else's page shows this one in a frame.
    private string PolicyFor(HttpContext context)
    {
        var socket = $"{(context.Request.IsHttps ? "wss" : "ws")}://{context.Request.Host.Value}";
        return policy()
            .Replace("connect-src 'self'", $"connect-src 'self' {socket}", StringComparison.Ordinal)
            .Replace("frame-ancestors 'self'", "frame-ancestors 'none'", StringComparison.Ordinal);
    }
}
