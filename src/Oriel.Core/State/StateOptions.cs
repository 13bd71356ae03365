namespace Oriel;

/// <summary>What pages may do with a state.</summary>
public sealed record StateOptions
{
    /// <summary>Whether pages may write it; by default they only read.</summary>
    public bool IsWritable { get; init; }

    /// <summary>The capability that a page needs to read it; none is needed by default. To write, a page needs this one, too.</summary>
    public string? ReadCapability { get; init; }

    /// <summary>The capability that a page needs to write it; none is needed by default.</summary>
    public string? WriteCapability { get; init; }
}
