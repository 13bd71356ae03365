using System.Diagnostics;

namespace Oriel.Tests;

/// <summary>A UI thread that the test drives by hand: the thread that creates it.</summary>
internal sealed class Loop
{
    private int _wakes;

    public Loop()
    {
        Dispatcher = new Dispatcher(() => Interlocked.Increment(ref _wakes));

        // A test that awaits must not be sent back to a loop that nobody runs.
        var before = SynchronizationContext.Current;
        Dispatcher.Attach();
        SynchronizationContext.SetSynchronizationContext(before);
    }

    public Dispatcher Dispatcher { get; }

    /// <summary>How often the thread was woken.</summary>
    public int Wakes => Volatile.Read(ref _wakes);

    public void Drain() => Dispatcher.Drain();

    /// <summary>Runs the loop until something has come about.</summary>
    public void Until(Func<bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < Soon.Limit, "The condition was not met in time.");
            Dispatcher.Drain();
            Thread.Yield();
        }
    }
}
