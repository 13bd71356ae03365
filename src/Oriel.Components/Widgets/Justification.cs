namespace Oriel.Components.Widgets;

/// <summary>Where things are along the direction in which they follow each other.</summary>
public enum Justification
{
    /// <summary>At the start.</summary>
    Start,

    /// <summary>In the middle.</summary>
    Center,

    /// <summary>At the end.</summary>
    End,

    /// <summary>At both ends, with equal distances between.</summary>
    Between,
}
