namespace Oriel.Components.Widgets;

/// <summary>How much a button asks for attention.</summary>
public enum ButtonVariant
{
    /// <summary>One of several.</summary>
    Secondary,

    /// <summary>What a person most likely wants.</summary>
    Primary,

    /// <summary>It destroys something.</summary>
    Danger,

    /// <summary>Without a frame.</summary>
    Ghost,
}
