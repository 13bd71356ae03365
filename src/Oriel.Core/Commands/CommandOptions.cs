namespace Oriel;

/// <summary>What is known of a command beyond its name and its handler.</summary>
public sealed record CommandOptions
{
    /// <summary>What it does, for people.</summary>
    public string? Description { get; init; }

    /// <summary>Arguments that show how it is called, as JSON.</summary>
    public string? Example { get; init; }

    /// <summary>
    /// The capability that a document needs to call it, where what it may call is listed; its name in a list is not enough then. Null when
    /// its name decides. Documents that may use everything of the application may call it anyway.
    /// </summary>
    public string? Capability { get; init; }

    /// <summary>Where it runs.</summary>
    public CommandThread Thread { get; init; }

    /// <summary>Whether its answer is a stream, which a page reads with <c>oriel.stream</c>; <c>MapStream</c> sets it.</summary>
    public bool IsStream { get; init; }

    /// <summary>Whether it tells by itself who may call it, by more than a name: what is granted does not matter then.</summary>
    internal bool ChecksCaller { get; init; }

    /// <summary>The media type of the bytes in its answer, such as <c>image/png</c>; <c>application/octet-stream</c> by default.</summary>
    public string? ContentType { get; init; }
}
