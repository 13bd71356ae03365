namespace Gallery;

/// <summary>The colours of the page.</summary>
public enum Theme
{
    /// <summary>Dark on light.</summary>
    Light,

    /// <summary>Light on dark.</summary>
    Dark,
}
