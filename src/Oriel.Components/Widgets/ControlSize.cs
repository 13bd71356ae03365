namespace Oriel.Components.Widgets;

/// <summary>How large a control is.</summary>
public enum ControlSize
{
    /// <summary>As the theme's density says.</summary>
    Medium,

    /// <summary>For tool bars and tables.</summary>
    Small,

    /// <summary>For what a page is about.</summary>
    Large,
}
