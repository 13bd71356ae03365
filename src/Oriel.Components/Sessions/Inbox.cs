namespace Oriel.Components;

/// <summary>Puts the messages of a page into their order: those that come early wait for the ones before them.</summary>
/// <param name="handle">Handles a message.</param>
/// <param name="maxHeldBytes">How much may wait.</param>
/// <remarks>Used on the session's dispatcher.</remarks>
internal sealed class Inbox(Action<UpMessage, TurnBuffer?> handle, int maxHeldBytes)
{
    // What a page can have under way at once: its transport is ordered but for the calls of a window, which overtake each other by a few.
    private const int MaxHeld = 1_024;

    private readonly Dictionary<long, Held> _held = [];
    private long _next = 1;
    private long _heldBytes;

    /// <summary>Handles a message, and those that waited for it.</summary>
    /// <returns>When it has been handled: at once, but for a message that came early.</returns>
    /// <exception cref="PageProtocolException">Too many wait, or two have one number.</exception>
    public Task Take(UpMessage message, TurnBuffer? turn)
    {
        if (message.Number < _next)
        {
            // A page that comes back sends again what it does not know to have come.
            message.Dispose();
            return Task.CompletedTask;
        }

        if (message.Number > _next)
        {
            return Hold(message, turn);
        }

        Handle(message, turn);
        while (_held.Remove(_next, out var held))
        {
            _heldBytes -= held.Message.Length;
            Handle(held.Message, held.Turn);
            held.Handled.TrySetResult();
        }

        return Task.CompletedTask;
    }

    /// <summary>Forgets what waits: the page sends it again, or is gone.</summary>
    public void Clear()
    {
        foreach (var held in _held.Values)
        {
            held.Message.Dispose();
            held.Handled.TrySetResult();
        }

        _held.Clear();
        _heldBytes = 0;
    }

    private Task Hold(UpMessage message, TurnBuffer? turn)
    {
        if (_held.Count >= MaxHeld)
        {
            throw new PageProtocolException($"The page sent {MaxHeld:N0} messages, and message {_next} that comes before them is missing.");
        }

        if (_heldBytes + message.Length > maxHeldBytes)
        {
            throw new PageProtocolException($"The page sent {_heldBytes + message.Length:N0} bytes, and message {_next} that comes before them is missing.");
        }

        var held = new Held(message, turn, new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_held.TryAdd(message.Number, held))
        {
            throw new PageProtocolException($"The page sent two messages with the number {message.Number}.");
        }

        _heldBytes += message.Length;
        return held.Handled.Task;
    }

    private void Handle(UpMessage message, TurnBuffer? turn)
    {
        _next++;
        handle(message, turn);
    }

    private readonly record struct Held(UpMessage Message, TurnBuffer? Turn, TaskCompletionSource Handled);
}
