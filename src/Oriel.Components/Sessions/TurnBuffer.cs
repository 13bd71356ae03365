namespace Oriel.Components;

/// <summary>Collects what is sent to the page while a message of it is handled, so that it travels with the answer to that message.</summary>
internal sealed class TurnBuffer
{
    private const int MaxBytes = 1024 * 1024;

    private readonly List<ReadOnlyMemory<byte>> _messages = [];
    private int _bytes;

    /// <summary>The messages for the page, in the order of their numbers.</summary>
    /// <remarks>Complete once <see cref="ComponentSession.ReceiveAsync"/> is.</remarks>
    public IReadOnlyList<ReadOnlyMemory<byte>> Messages => _messages;

    /// <summary>Takes a message, if there is room for it: one always finds room.</summary>
    public bool TryAdd(ReadOnlyMemory<byte> message)
    {
        if (_messages.Count > 0 && _bytes + message.Length > MaxBytes)
        {
            return false;
        }

        _bytes += message.Length;
        _messages.Add(message);
        return true;
    }
}
