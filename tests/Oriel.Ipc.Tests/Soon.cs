namespace Oriel.Tests;

/// <summary>Bounds what a test waits for: a hang is a failure.</summary>
internal static class Soon
{
    // Nobody waits so long but for a test that fails: it is for machines that are ten times slower than a developer's.
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // How often a condition is asked for in a row. Most come about at once; those that take longer need the processor more than we do.
    private const int Eager = 100;

    public static Task InTime(this Task task) => task.WaitAsync(Limit);

    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Limit);

    /// <summary>Waits for something that nothing announces.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        var deadline = Environment.TickCount64 + (long)Limit.TotalMilliseconds;
        for (var asked = 0; !condition(); asked++)
        {
            Assert.True(Environment.TickCount64 < deadline, "The condition was not met in time.");
            if (asked < Eager)
            {
                await Task.Yield();
            }
            else
            {
                await Task.Delay(1);
            }
        }
    }
}
