using System.Buffers;
using System.Net.WebSockets;

namespace Oriel.Components;

/// <summary>Reads the messages of a page from its WebSocket. It never holds more than one, nor more of it than may be.</summary>
/// <param name="socket">The socket.</param>
/// <param name="maxBytes">The longest message that is read as a whole.</param>
internal sealed class SocketReader(WebSocket socket, int maxBytes)
{
    // Of what is too long, so much is read and forgotten, that the page can be told; beyond it is no page of ours.
    private const int MaxExcess = 64 * 1024 * 1024;
    private const int Chunk = 4_096;

    /// <summary>The next message, which is the caller's; null when the connection has ended.</summary>
    /// <remarks>Of one that is too long, one byte more than there may be: its beginning says its number.</remarks>
    /// <exception cref="PageProtocolException">The message is binary, or much too long.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        var message = new ArrayBufferWriter<byte>(Chunk);
        var excess = 0L;
        while (true)
        {
            // A buffer grows with what has come, not with what a peer says will come.
            var read = await socket.ReceiveAsync(message.GetMemory(Chunk), cancellationToken).ConfigureAwait(false);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (read.MessageType != WebSocketMessageType.Text)
            {
                throw new PageProtocolException("The page sent a binary message.");
            }

            if (message.WrittenCount + read.Count <= maxBytes)
            {
                message.Advance(read.Count);
            }
            else
            {
                message.Advance(Math.Min(read.Count, maxBytes + 1 - message.WrittenCount));
                excess += read.Count;
            }

            if (excess > MaxExcess)
            {
                throw new PageProtocolException("The page sent a message that is much too long.");
            }

            if (read.EndOfMessage)
            {
                return message.WrittenMemory;
            }
        }
    }
}
