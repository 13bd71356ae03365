namespace Oriel.Components.Widgets;

/// <summary>What a colour says.</summary>
public enum Tone
{
    /// <summary>Nothing.</summary>
    Neutral,

    /// <summary>Less important than what is around it.</summary>
    Muted,

    /// <summary>The colour of the application.</summary>
    Accent,

    /// <summary>Something went well.</summary>
    Success,

    /// <summary>Something needs care.</summary>
    Warning,

    /// <summary>Something failed, or destroys.</summary>
    Danger,
}
