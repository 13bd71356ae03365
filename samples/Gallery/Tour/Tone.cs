namespace Gallery.Tour;

/// <summary>How a greeting sounds.</summary>
public enum Tone
{
    /// <summary>As among friends.</summary>
    Warm,

    /// <summary>As at court.</summary>
    Formal,

    /// <summary>As across a street.</summary>
    Loud,
}
