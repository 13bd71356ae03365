using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Oriel.Security;

namespace Oriel.Components;

/// <summary>Decides whether a request is answered at all. Everything that is not known to be right is refused, with a text that helps nobody else.</summary>
internal sealed class ServeGate(ServeOptions options, ServeToken token, ILogger logger)
{
    private const string TokenParameter = "token";

    private readonly RefusalLog _refusedHosts = new();
    private readonly RefusalLog _refusedOrigins = new();

    /// <summary>The token that lets browsers in.</summary>
    public ServeToken Token => token;

    /// <summary>Whether a host was asked for that is served. Otherwise the answer has been written.</summary>
    public async ValueTask<bool> AdmitsHostAsync(HttpContext context)
    {
        Harden(context.Response.Headers);
        if (IsServed(context))
        {
            return true;
        }

        if (_refusedHosts.MayLog(context.Request.Host.Value))
        {
            logger.HostRefused(context.Request.Host.Value ?? "");
        }

        await RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, "This host is not served here.").ConfigureAwait(false);
        return false;
    }

    /// <summary>The browser that asks for a document or a file; null when the answer has been written: it is refused, or sent on without the token.</summary>
    public async ValueTask<string?> AdmitVisitorAsync(HttpContext context)
    {
        if (!await AdmitsHostAsync(context).ConfigureAwait(false))
        {
            return null;
        }

        CheckAuthorization(context);
        var shown = context.Request.Query[TokenParameter];
        if (options.RequireToken && shown.Count > 0)
        {
            await ExchangeAsync(context, shown).ConfigureAwait(false);
            return null;
        }

        if (BrowserOf(context) is { } browser)
        {
            return browser;
        }

        if (options.RequireToken)
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "This page is open to who has the address with its token, which the program printed when it started. Open that address.").ConfigureAwait(false);
            return null;
        }

        var cookie = token.NewCookie();
        SetCookie(context, cookie);
        return token.BrowserOf(cookie);
    }

    /// <summary>The browser whose page connects or sends; null when the answer has been written.</summary>
    public async ValueTask<string?> AdmitPageAsync(HttpContext context)
    {
        if (!await AdmitsHostAsync(context).ConfigureAwait(false))
        {
            return null;
        }

        CheckAuthorization(context);
        var origin = OriginOf(context);
        if (origin != $"{context.Request.Scheme}://{context.Request.Host.Value}" && !options.AllowedOrigins.Contains(origin, StringComparer.Ordinal))
        {
            if (_refusedOrigins.MayLog(origin))
            {
                logger.OriginRefused(origin ?? "(none)");
            }

            await RefuseAsync(context, StatusCodes.Status403Forbidden, "This origin may not connect.").ConfigureAwait(false);
            return null;
        }

        if (BrowserOf(context) is { } browser)
        {
            return browser;
        }

        await RefuseAsync(context, StatusCodes.Status401Unauthorized, "Load the page first.").ConfigureAwait(false);
        return null;
    }

    /// <summary>The browser that fetches what its page was told of; null when the answer has been written.</summary>
    public async ValueTask<string?> AdmitFetchAsync(HttpContext context)
    {
        if (!await AdmitsHostAsync(context).ConfigureAwait(false))
        {
            return null;
        }

        CheckAuthorization(context);
        if (BrowserOf(context) is { } browser && context.Request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none")
        {
            return browser;
        }

        await RefuseAsync(context, StatusCodes.Status403Forbidden, "This is for the page that it was made for.").ConfigureAwait(false);
        return null;
    }

    /// <summary>The one origin that a request says it is from; null when it says none, or more than one.</summary>
    public static string? OriginOf(HttpContext context) => context.Request.Headers.Origin is [{ Length: > 0 } origin] ? origin : null;

    /// <summary>Answers with a short text.</summary>
    public static Task RefuseAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(text, context.RequestAborted);
    }

    private static void Harden(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    // A name can be made to lead to any address, so that a page of a stranger and this one would be of one origin: only what is known is served.
    private bool IsServed(HttpContext context)
    {
        if (context.Request.Headers.Host.Count != 1 || context.Request.Host is not { HasValue: true } host)
        {
            return false;
        }

        if (options.AllowedHosts.Any(allowed => string.Equals(allowed, host.Value, StringComparison.OrdinalIgnoreCase) || string.Equals(allowed, host.Host, StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        if (context.Connection.LocalIpAddress is not { } local || (host.Port ?? (context.Request.IsHttps ? 443 : 80)) != context.Connection.LocalPort)
        {
            return false;
        }

        if (local.IsIPv4MappedToIPv6)
        {
            local = local.MapToIPv4();
        }

        return IPAddress.TryParse(host.Host.Trim('[', ']'), out var literal) ? literal.Equals(local) : IPAddress.IsLoopback(local) && string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase);
    }

    // Without the token somebody has to have decided who may.
    private void CheckAuthorization(HttpContext context)
    {
        if (options.RequireToken || context.GetEndpoint()?.Metadata is not { } metadata)
        {
            return;
        }

        var fallback = (context.RequestServices.GetService(typeof(IOptions<AuthorizationOptions>)) as IOptions<AuthorizationOptions>)?.Value.FallbackPolicy;
        if (metadata.GetMetadata<IAuthorizeData>() is null && metadata.GetMetadata<IAllowAnonymous>() is null && metadata.GetMetadata<AuthorizationPolicy>() is null && fallback is null)
        {
            throw new InvalidOperationException(
                $"{nameof(ServeOptions)}.{nameof(ServeOptions.RequireToken)} is off, and nothing says who may use the components. Write app.MapOriel<...>(...).RequireAuthorization(), or AllowAnonymous() if everybody may.");
        }
    }

    private async Task ExchangeAsync(HttpContext context, string? shown)
    {
        if (!token.IsToken(shown))
        {
            logger.TokenRefused();
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "The token of this address is not valid (any more). Open the address that the program printed when it started.").ConfigureAwait(false);
            return;
        }

        // A browser keeps its name, and with it the pages that it has open.
        if (BrowserOf(context) is null)
        {
            SetCookie(context, token.NewCookie());
        }

        var rest = QueryString.Create(context.Request.Query.Where(static pair => pair.Key != TokenParameter));
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = $"{context.Request.PathBase}{context.Request.Path}{rest}";
        context.Response.Headers.CacheControl = "no-store";
    }

    private string? BrowserOf(HttpContext context) => token.BrowserOf(context.Request.Cookies[CookieName(context)]);

    private static void SetCookie(HttpContext context, string value) => context.Response.Cookies.Append(CookieName(context), value, new CookieOptions
    {
        HttpOnly = true,
        IsEssential = true,
        Path = context.Request.PathBase.HasValue ? context.Request.PathBase.ToUriComponent() : "/",
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
    });

    // Browsers do not tell ports apart when they send cookies: two programs on one machine must not overwrite each other's.
    private static string CookieName(HttpContext context) => $"oriel-{context.Connection.LocalPort}";
}
