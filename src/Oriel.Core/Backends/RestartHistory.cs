namespace Oriel;

/// <summary>Counts deaths, and says how long to wait for the next life.</summary>
internal sealed class RestartHistory(RestartPolicy policy, TimeProvider time, Func<double> random)
{
    // So that two back ends which died of one cause do not come back at one time.
    private const double Jitter = 0.2;

    private readonly Queue<long> _deaths = new();

    /// <summary>Takes note of a death.</summary>
    /// <returns>The pause before the restart; null when there is none any more.</returns>
    public TimeSpan? Next()
    {
        var now = time.GetTimestamp();
        while (_deaths.TryPeek(out var death) && time.GetElapsedTime(death, now) >= policy.Period)
        {
            _deaths.Dequeue();
        }

        if (_deaths.Count >= policy.Limit)
        {
            return null;
        }

        var doubled = policy.InitialDelay * Math.Pow(2, Math.Min(_deaths.Count, 30));
        _deaths.Enqueue(now);
        return (doubled < policy.MaxDelay ? doubled : policy.MaxDelay) * (1 - (Jitter * random()));
    }

    /// <summary>Forgets all: somebody started it by hand.</summary>
    public void Clear() => _deaths.Clear();
}
