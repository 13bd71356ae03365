using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Oriel.Components.Interop;

namespace Oriel.Components;

/// <summary>The bytes that pass beside the messages of a session: what a page fetches, each thing once, and what it sends.</summary>
internal sealed class PageBytes(ServeGate gate, SessionRoster roster, ServeOptions options, ILogger logger)
{
    // Somebody else's picture or document must not run as the application: as a page of its own it has no origin and no scripts.
    private const string Policy = "default-src 'none'; sandbox";

    /// <summary>Answers a page that fetches what was published for it.</summary>
    public async Task SendAsync(HttpContext context, string id)
    {
        if (await gate.AdmitFetchAsync(context).ConfigureAwait(false) is not { } browser)
        {
            return;
        }

        if (roster.Take(id, browser) is not { } item)
        {
            await ServeGate.RefuseAsync(context, StatusCodes.Status404NotFound, "There is nothing here, or it was fetched before.").ConfigureAwait(false);
            return;
        }

        context.Response.ContentType = item.MediaType;
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            var content = item.Open();
            await using (content.ConfigureAwait(false))
            {
                await content.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            // Where the answer has begun already, only its breaking off says that it is not whole.
            logger.ContentFailed(exception);
            context.Abort();
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>Takes what a page sends to its session.</summary>
    public async Task ReceiveAsync(HttpContext context, string sessionId, long id)
    {
        if (await gate.AdmitPageAsync(context).ConfigureAwait(false) is not { } browser)
        {
            return;
        }

        if (roster.Find(sessionId, browser)?.Session is not { } session)
        {
            await ServeGate.RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such session.").ConfigureAwait(false);
            return;
        }

        if (context.Request.ContentLength > options.MaxUploadBytes)
        {
            await ServeGate.RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, $"At most {options.MaxUploadBytes:N0} bytes.").ConfigureAwait(false);
            return;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = options.MaxUploadBytes;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, session.Ending);
        try
        {
            await session.Services.GetRequiredService<PageUploads>().ReceiveAsync(id, context.Request.Body, ending.Token).ConfigureAwait(false);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (PageProtocolException exception)
        {
            session.Fail(exception);
            await ServeGate.RefuseAsync(context, StatusCodes.Status400BadRequest, "The session does not wait for this.").ConfigureAwait(false);
        }
        catch (Ipc.IpcException exception)
        {
            await ServeGate.RefuseAsync(context, StatusCodes.Status400BadRequest, exception.Message).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }
}
