namespace SelfCheck;

/// <summary>Something of everything that generated metadata is made for.</summary>
internal sealed record Drawing(Guid Id, Hue Hue, IReadOnlyList<Shape> Shapes, Dictionary<string, int[]> Layers, DateTimeOffset? Printed)
{
    /// <summary>Set by itself, not by the constructor.</summary>
    public required string Title { get; init; }

    /// <summary>A cycle of types, and optional.</summary>
    public Drawing? Under { get; set; }

    /// <summary>Travels beside the JSON.</summary>
    public byte[] Preview { get; init; } = [];
}
