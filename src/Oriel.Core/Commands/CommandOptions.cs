namespace Oriel;

/// <summary>What is known of a command beyond its name and its handler.</summary>
public sealed record CommandOptions
{
    /// <summary>What it does, for people.</summary>
    public string? Description { get; init; }

    /// <summary>Arguments that show how it is called, as JSON.</summary>
    public string? Example { get; init; }

    /// <summary>Where it runs.</summary>
    public CommandThread Thread { get; init; }

    /// <summary>Whether its answer is a stream, which a page reads with <c>oriel.stream</c>; <c>MapStream</c> sets it.</summary>
    public bool IsStream { get; init; }

    /// <summary>The capability that a window or an origin needs to call it; null for those that may call every command.</summary>
    public string? Capability { get; init; }
}
