using System.Collections.Concurrent;

namespace Oriel.Components.Tests.Conformance;

/// <summary>What a component went through, and what it waits for.</summary>
public sealed class LifecycleLog
{
    public ConcurrentQueue<string> Steps { get; } = new();

    public TaskCompletionSource Loaded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
