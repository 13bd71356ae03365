using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Oriel.Components;

/// <summary>Answers pages that connect: begins a session or goes on with one, and hands it what the page sends.</summary>
internal sealed class PageSocket(ServeGate gate, SessionRoster roster, SessionHost sessions, ServeOptions options, ComponentsOptions components, ILogger logger)
{
    // How often a page may forget what has come: at every message it would be an answer to each.
    private const int ReceiptInterval = 64;

    // A page sends its first message as soon as it is connected, and closes when it is told to.
    private static readonly TimeSpan s_startTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(2);

    private int MaxMessageBytes => Math.Min(options.MaxMessageBytes, components.Limits.MaxMessageBytes);

    /// <summary>Answers a request to connect.</summary>
    public async Task HandleAsync(HttpContext context, ServedPlace place)
    {
        if (await gate.AdmitPageAsync(context).ConfigureAwait(false) is not { } browser)
        {
            return;
        }

        if (context.Features.Get<IHttpWebSocketFeature>() is null)
        {
            throw new InvalidOperationException("The host takes no WebSockets, by which pages connect. Call app.UseWebSockets() before app.MapOriel<...>().");
        }

        if (!context.WebSockets.IsWebSocketRequest)
        {
            // Also how a page finds out why it cannot connect: a browser says nothing about a WebSocket that failed.
            context.Response.Headers.Upgrade = "websocket";
            await ServeGate.RefuseAsync(context, StatusCodes.Status426UpgradeRequired, "This is for WebSockets.").ConfigureAwait(false);
            return;
        }

        using var door = roster.TakeDoor(context.Connection.RemoteIpAddress);
        if (door is null)
        {
            context.Response.Headers.RetryAfter = "10";
            await ServeGate.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "There are as many pages as there may be.").ConfigureAwait(false);
            return;
        }

        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
            {
                KeepAliveInterval = options.SilenceTimeout / 2,
                KeepAliveTimeout = options.SilenceTimeout / 2,
            }).ConfigureAwait(false);
            var peer = new Peer(context, socket, new SocketReader(socket, MaxMessageBytes), browser, place);
            if (await WelcomeAsync(peer).ConfigureAwait(false) is var (served, connection))
            {
                door.Dispose();
                await ServeAsync(peer, served, connection).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or TimeoutException)
        {
            logger.ConnectionEnded(exception.Message);
        }
    }

    // The session that the page is to have; null when the connection has been ended instead.
    private async Task<(ServedSession Served, SocketConnection Connection)?> WelcomeAsync(Peer peer)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(roster.Stopping);
        limit.CancelAfter(options.SilenceTimeout < s_startTime ? options.SilenceTimeout : s_startTime);
        try
        {
            if (await peer.Reader.ReadAsync(limit.Token).ConfigureAwait(false) is not { } first)
            {
                return null;
            }

            var (start, resume) = SocketMessages.ReadStart(first, ServeGate.OriginOf(peer.Context)!);
            if (resume is not null)
            {
                return await ResumeAsync(peer, resume).ConfigureAwait(false);
            }

            var root = peer.Context.Request.PathBase.ToUriComponent();
            var path = start.Address.AbsolutePath;
            if (ServedPlace.IsBelow(path, root) && peer.Place.Find(path[root.Length..]) is { } page)
            {
                return Begin(peer, page, start with { Root = $"{root}/", MaxMessageBytes = MaxMessageBytes });
            }

            throw new PageProtocolException("The page is at an address where no components are served.");
        }
        catch (PageProtocolException exception)
        {
            logger.ConnectionEnded(exception.Message);
            await EndAsync(peer, SocketEnd.Refused).ConfigureAwait(false);
        }
        catch (SessionLimitException exception)
        {
            logger.ConnectionEnded(exception.Message);
            await EndAsync(peer, SocketEnd.Full).ConfigureAwait(false);
        }

        return null;
    }

    private (ServedSession Served, SocketConnection Connection) Begin(Peer peer, ServedPage page, SessionStart start)
    {
        var place = roster.TakePlace(peer.Context.Connection.RemoteIpAddress) ?? throw new SessionLimitException(options.MaxSessions, "ServeOptions.MaxSessions, with ServeOptions.MaxSessionsPerAddress,");
        try
        {
            var content = new ServedContent($"{peer.Context.Request.PathBase}{peer.Place.ContentFolder}", peer.Browser, roster.Content);
            var connection = new SocketConnection(peer.Socket, content, options.SilenceTimeout);
            var session = sessions.Begin(page.Root, start, connection, page.Window);
            var served = new ServedSession(session, peer.Browser, peer.Place, content, connection, options.ResumeTime);
            roster.Add(served, place);
            return (served, connection.Open());
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    private async Task<(ServedSession Served, SocketConnection Connection)?> ResumeAsync(Peer peer, SocketMessages.Resumption resume)
    {
        if (roster.Find(resume.Session, peer.Browser) is not { } served || served.Place != peer.Place)
        {
            await EndAsync(peer, SocketEnd.Gone).ConfigureAwait(false);
            return null;
        }

        var connection = new SocketConnection(peer.Socket, served.Content, options.SilenceTimeout).Open();
        await connection.SendAsync(SocketMessages.Resumed(served.Received), CancellationToken.None).ConfigureAwait(false);
        if (!served.TryAttach(connection, resume.Applied, out var before))
        {
            // Its time was over while it was looked for.
            await EndAsync(peer, SocketEnd.Gone).ConfigureAwait(false);
            return null;
        }

        if (before is not null)
        {
            await before.CloseAsync(SocketEnd.Replaced).ConfigureAwait(false);
        }

        return (served, connection);
    }

    private static async Task ServeAsync(Peer peer, ServedSession served, SocketConnection connection)
    {
        var reading = ReadAsync(peer, served, connection);
        try
        {
            await Task.WhenAny(reading, served.Session.Ended).ConfigureAwait(false);
            if (!reading.IsCompleted)
            {
                await connection.CloseAsync(SocketEnd.Over).ConfigureAwait(false);
                await reading.WaitAsync(s_farewell).ConfigureAwait(false);
            }

            await reading.ConfigureAwait(false);
        }
        finally
        {
            // Its own end of the connection: then the page is gone for good, and does not come back as it would when the line broke.
            var isGone = reading.IsCompletedSuccessfully && peer.Socket.CloseStatus is WebSocketCloseStatus.NormalClosure or WebSocketCloseStatus.EndpointUnavailable;
            if (served.Detach(connection) && isGone)
            {
                _ = served.DisposeAsync().AsTask();
            }

            peer.Socket.Abort();
            _ = reading.Exception;
        }
    }

    private static async Task ReadAsync(Peer peer, ServedSession served, SocketConnection connection)
    {
        try
        {
            while (await peer.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false) is { } message)
            {
                if (message.Span.SequenceEqual(SocketMessages.Probe))
                {
                    await connection.SendAsync(SocketMessages.Received(served.Received), CancellationToken.None).ConfigureAwait(false);
                    continue;
                }

                var number = UpMessage.NumberOf(message.Span) ?? 0;
                await served.Session.ReceiveAsync(message, null).ConfigureAwait(false);
                served.Note(number);
                if (number % ReceiptInterval == 0)
                {
                    await connection.SendAsync(SocketMessages.Received(served.Received), CancellationToken.None).ConfigureAwait(false);
                }
            }
        }
        catch (PageProtocolException exception)
        {
            served.Session.Fail(exception);
        }
    }

    private static async Task EndAsync(Peer peer, SocketEnd end)
    {
        using var limit = new CancellationTokenSource(s_farewell);
        await peer.Socket.CloseAsync((WebSocketCloseStatus)end, null, limit.Token).ConfigureAwait(false);
    }

    private sealed record Peer(HttpContext Context, WebSocket Socket, SocketReader Reader, string Browser, ServedPlace Place);
}
