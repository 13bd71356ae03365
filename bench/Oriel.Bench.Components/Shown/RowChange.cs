namespace Oriel.Bench.Components;

/// <summary>What a click changes in the table.</summary>
public enum RowChange
{
    /// <summary>One cell.</summary>
    Cell,

    /// <summary>A row in the middle is there, or is not.</summary>
    Insert,

    /// <summary>The order of all rows.</summary>
    Reverse,
}
