namespace Oriel.Components;

/// <summary>Collects what is sent to the page while a message of it is handled, so that it travels with the answer to that message.</summary>
/// <remarks>The outbox uses it under its lock until its messages are read.</remarks>
/// <param name="maxBytes">The most that the answer may have; what is longer does not go with it.</param>
internal sealed class TurnBuffer(int maxBytes = TurnBuffer.MaxBytes)
{
    /// <summary>The most that goes with an answer: more would hold up what is sent beside it.</summary>
    public const int MaxBytes = 1024 * 1024;

    private readonly List<ReadOnlyMemory<byte>> _messages = [];
    private int _bytes;
    private bool _isClosed;

    /// <summary>The messages for the page, in the order of their numbers.</summary>
    /// <remarks>Complete once <see cref="ComponentSession.ReceiveAsync"/> is.</remarks>
    public IReadOnlyList<ReadOnlyMemory<byte>> Messages => _messages;

    /// <summary>Takes a message, if there is room for it.</summary>
    public bool TryAdd(ReadOnlyMemory<byte> message)
    {
        // With the comma or bracket that stands before it in the answer.
        var bytes = message.Length + 1;
        if (_isClosed || bytes > maxBytes - _bytes)
        {
            return false;
        }

        _bytes += bytes;
        _messages.Add(message);
        return true;
    }

    /// <summary>Takes no more.</summary>
    /// <returns>What it holds.</returns>
    public IReadOnlyList<ReadOnlyMemory<byte>> Close()
    {
        _isClosed = true;
        return _messages;
    }
}
