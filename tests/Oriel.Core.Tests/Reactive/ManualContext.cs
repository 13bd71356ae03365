using System.Collections.Concurrent;

namespace Oriel.Tests;

/// <summary>A context whose work runs when the test says so.</summary>
internal sealed class ManualContext : SynchronizationContext
{
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _work = new();

    public int Waiting => _work.Count;

    public override void Post(SendOrPostCallback d, object? state) => _work.Enqueue((d, state));

    /// <summary>Runs what is there and what comes of it, as the context's own thread.</summary>
    public void Run(int most = 10_000)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            while (_work.TryDequeue(out var work))
            {
                Assert.NotEqual(0, most--);
                work.Callback(work.State);
            }
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
