namespace Gallery.Tour;

/// <summary>The colours of the board.</summary>
public enum BoardColor
{
    /// <summary>As the sky.</summary>
    Blue,

    /// <summary>As moss.</summary>
    Green,

    /// <summary>As amber.</summary>
    Amber,

    /// <summary>As heather.</summary>
    Purple,
}
