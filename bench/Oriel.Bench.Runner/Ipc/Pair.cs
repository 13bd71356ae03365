namespace Oriel.Bench.Runner;

/// <summary>Two programs that talk to each other: one measures, the other answers.</summary>
/// <param name="Name">Stable: it stands in records.</param>
/// <param name="Measuring">Prints a line of JSON: an object with a member for each task.</param>
/// <param name="Echoing">Answers until the connection ends, or its input.</param>
internal sealed record Pair(string Name, Launch Measuring, Launch Echoing)
{
    /// <summary>What is measured.</summary>
    public required IReadOnlyList<string> Tasks { get; init; }

    /// <summary>Seconds of each task that do not count: a JIT needs them.</summary>
    public double WarmUp { get; init; } = 0.1;

    /// <summary>Whether the side that echoes listens; otherwise the one that measures does.</summary>
    public bool EchoListens { get; init; }
}
