using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;

namespace Oriel.Components;

/// <summary>The way to a page by a WebSocket: a message is a text frame.</summary>
/// <remarks>A page that takes nothing holds up its own components alone; after the time that it may be silent it is given up.</remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore that nobody waits for by a handle holds nothing; who waits for it when the connection ends goes on.")]
internal sealed class SocketConnection(WebSocket socket, ServedContent content, TimeSpan timeout) : IPageConnection
{
    // Nobody's turn before it is open.
    private readonly SemaphoreSlim _turn = new(0);

    /// <summary>Lets messages pass; called once. Until then they wait: what a page is told of has to be there when it asks for it.</summary>
    public SocketConnection Open()
    {
        _turn.Release();
        return this;
    }

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
}
