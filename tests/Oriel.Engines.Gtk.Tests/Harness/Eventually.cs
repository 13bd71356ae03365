using System.Diagnostics;

namespace Oriel.Engines.Gtk.Tests;

/// <summary>Waits for what another thread or process does.</summary>
internal static class Eventually
{
    // For machines that are ten times slower than a developer's.
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Timeout, $"Not within {Timeout.TotalSeconds} s: {what}");
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }

    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Timeout, TestContext.Current.CancellationToken);

    public static Task InTime(this Task task) => task.WaitAsync(Timeout, TestContext.Current.CancellationToken);
}
