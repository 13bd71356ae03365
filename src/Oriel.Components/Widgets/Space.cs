namespace Oriel.Components.Widgets;

/// <summary>A step of the theme's scale of distances.</summary>
public enum Space
{
    /// <summary>None.</summary>
    None,

    /// <summary>A quarter of a medium one.</summary>
    ExtraSmall,

    /// <summary>Half a medium one.</summary>
    Small,

    /// <summary>The usual distance.</summary>
    Medium,

    /// <summary>One and a half medium ones.</summary>
    Large,

    /// <summary>Two and a half medium ones.</summary>
    ExtraLarge,
}
