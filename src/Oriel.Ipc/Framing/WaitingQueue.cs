using System.Diagnostics.CodeAnalysis;

namespace Oriel.Ipc;

/// <summary>Messages whose senders wait, in their order.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class WaitingQueue
{
    // So many may wait before those who gave up are looked for.
    private const int FirstDrop = 64;

    private readonly Queue<WaitingMessage> _messages = new();
    private int _nextDrop = FirstDrop;

    /// <summary>How many wait, those who gave up since they were last looked for included.</summary>
    public int Count => _messages.Count;

    public void Enqueue(WaitingMessage message)
    {
        DropGivenUp();
        _messages.Enqueue(message);
    }

    public WaitingMessage Dequeue() => _messages.Dequeue();

    public bool TryDequeue([NotNullWhen(true)] out WaitingMessage? message) => _messages.TryDequeue(out message);

    public bool TryPeek([NotNullWhen(true)] out WaitingMessage? message) => _messages.TryPeek(out message);

    /// <summary>Empties the queue.</summary>
    public WaitingMessage[] TakeAll()
    {
        WaitingMessage[] all = [.. _messages];
        _messages.Clear();
        return all;
    }

    // Whoever asks a stuck peer again and again must not grow by every message that was given up; now and then costs nothing.
    private void DropGivenUp()
    {
        if (_messages.Count < _nextDrop)
        {
            return;
        }

        for (var count = _messages.Count; count > 0; count--)
        {
            var message = _messages.Dequeue();
            if (message.IsClaimed)
            {
                message.End();
            }
            else
            {
                _messages.Enqueue(message);
            }
        }

        _nextDrop = Math.Max(FirstDrop, _messages.Count * 2);
    }
}
