using System.Collections.Concurrent;

namespace Oriel.Ipc.Tests;

/// <summary>The exceptions of tasks that nobody awaited, from here on. For tests that run alone: the runtime tells of them for the whole process.</summary>
internal sealed class UnobservedExceptions : IDisposable
{
    private readonly ConcurrentQueue<Exception> _seen = new();

    public UnobservedExceptions()
    {
        // What the tests before have left is theirs.
        Collect();
        TaskScheduler.UnobservedTaskException += OnUnobserved;
    }

    /// <summary>Asserts that everything which failed meanwhile was seen by somebody.</summary>
    public void AssertNone()
    {
        Collect();
        Assert.Empty(_seen);
    }

    public void Dispose() => TaskScheduler.UnobservedTaskException -= OnUnobserved;

    // Twice: an exception is told of when its task is finalized, and what the task alone kept alive goes after it.
    private static void Collect()
    {
        for (var round = 0; round < 2; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs arguments) => _seen.Enqueue(arguments.Exception);
}
