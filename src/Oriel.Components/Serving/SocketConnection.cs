using System.Net.WebSockets;

namespace Oriel.Components;

/// <summary>The way to a page by a WebSocket: a message is a text frame.</summary>
/// <remarks>A page that takes nothing holds up its own components alone; after the time that it may be silent it is given up.</remarks>
internal sealed class SocketConnection(WebSocket socket, ServedContent content, TimeSpan timeout) : IPageConnection, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var sending = socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            if (sending.IsCompleted)
            {
                await sending.ConfigureAwait(false);
                return;
            }

            await sending.AsTask().WaitAsync(timeout, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // Part of the message may be under way: nothing can follow it.
            socket.Abort();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    public PublishedContent Publish(Func<Stream> open, string mediaType) => content.Publish(open, mediaType);

    /// <summary>Ends the connection at once, as if it had broken.</summary>
    public void Abort() => socket.Abort();

    /// <summary>Says why the connection ends, and ends it.</summary>
    public async Task CloseAsync(SocketEnd end)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await _turn.WaitAsync(limit.Token).ConfigureAwait(false);
            try
            {
                if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                {
                    await socket.CloseOutputAsync((WebSocketCloseStatus)end, null, limit.Token).ConfigureAwait(false);
                }
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            socket.Abort();
        }
    }

    public void Dispose() => socket.Dispose();
}
