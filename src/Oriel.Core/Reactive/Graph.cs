namespace Oriel;

/// <summary>What all computed values have in common.</summary>
internal static class Graph
{
    /// <summary>How many computed values may be nested in one another.</summary>
    /// <remarks>Each takes part of the stack when it is brought up to date.</remarks>
    public const int MaxDepth = 500;

    /// <summary>How often a value is tried to be made while other threads write what it is made of. After that the last one counts, and is looked at again when it is read.</summary>
    public const int MaxAttempts = 100;

    /// <summary>Held while a computed value begins or ends to follow others: one lock, because it goes through several of them.</summary>
    public static Lock Gate { get; } = new();
}
