/// <summary>
/// A file that was <b>found</b>, see <see cref="Uses.Find(string)"/>.
/// <para>It may be gone &amp; forgotten.</para>
/// </summary>
/// <param name="Path">Where it is, as <c>a/b</c>.</param>
record FileFound(string Path)
{
    /// <summary>
    ///   How large it is;
    ///   <see langword="null"/> where that is not known.
    /// </summary>
    public long? Size { get; init; }

    /**
     * <summary>When it was made.</summary>
     */
    public DateTime Made { get; init; }

    // No documentation.
    public int Silent { get; init; }

    /// <summary>Broken <b.</summary>
    public int Broken { get; init; }
}

static class Uses { public static FileFound Find(string path) => null!; }
