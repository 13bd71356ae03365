namespace Oriel;

/// <summary>How a window fills its screen.</summary>
public enum WindowState
{
    /// <summary>As large as it was made.</summary>
    Normal,

    /// <summary>Not shown but in the task bar.</summary>
    Minimized,

    /// <summary>As large as the work area.</summary>
    Maximized,

    /// <summary>The whole screen, without decorations.</summary>
    Fullscreen,
}
