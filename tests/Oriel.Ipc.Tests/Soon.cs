namespace Oriel.Tests;

/// <summary>Bounds what a test waits for: a hang is a failure.</summary>
internal static class Soon
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static Task InTime(this Task task) => task.WaitAsync(Limit);

    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Limit);

    /// <summary>Waits for something that nothing announces.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        var deadline = Environment.TickCount64 + (long)Limit.TotalMilliseconds;
        while (!condition())
        {
            Assert.True(Environment.TickCount64 < deadline, "The condition was not met in time.");
            await Task.Yield();
        }
    }
}
