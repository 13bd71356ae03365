namespace Oriel.Components.Widgets;

/// <summary>What a button does with the form around it.</summary>
public enum ButtonType
{
    /// <summary>Nothing.</summary>
    Button,

    /// <summary>Submits it.</summary>
    Submit,

    /// <summary>Puts its fields back.</summary>
    Reset,
}
