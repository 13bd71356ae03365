namespace Oriel;

/// <summary>The states that one document follows; they end with it.</summary>
internal sealed class StateSubscriptions(BridgeSession session, OrielApp app)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, StateSubscriber> _subscribers = new(StringComparer.Ordinal);
    private bool _isOver;

    public StateSubscriber? Find(string key)
    {
        lock (_gate)
        {
            return _subscribers.GetValueOrDefault(key);
        }
    }

    /// <summary>Follows a state, anew if the document does already.</summary>
    /// <returns>The value from which on changes are sent.</returns>
    public StateSnapshot Open(IState state)
    {
        StateSubscriber? before;
        var subscriber = new StateSubscriber(session, app, state);
        var first = subscriber.Sent;

        lock (_gate)
        {
            if (_isOver)
            {
                return first;
            }

            before = _subscribers.GetValueOrDefault(state.Key);
            _subscribers[state.Key] = subscriber;
            state.Add(subscriber);
        }

        before?.End();

        // What was written before it was among those who are woken.
        subscriber.Wake();
        return first;
    }

    public void Close(string key)
    {
        StateSubscriber? subscriber;
        lock (_gate)
        {
            _subscribers.Remove(key, out subscriber);
        }

        subscriber?.End();
    }

    public void End()
    {
        StateSubscriber[] subscribers;
        lock (_gate)
        {
            _isOver = true;
            subscribers = [.. _subscribers.Values];
            _subscribers.Clear();
        }

        foreach (var subscriber in subscribers)
        {
            subscriber.End();
        }
    }
}
