namespace Oriel;

/// <summary>Something whose readers learn when it changes.</summary>
internal interface ISource
{
    /// <summary>The readers to tell.</summary>
    ReaderSet Readers { get; }

    /// <summary>How many computed values are between this and what is written.</summary>
    int Depth { get; }

    /// <summary>Brings the value up to date.</summary>
    /// <returns>The number of the value, which grows with each change; negative if it needs itself.</returns>
    long Refresh();

    /// <summary>Tells a reader of changes from now on. What has changed before, the reader finds by <see cref="Refresh"/> afterwards.</summary>
    void Add(IReader reader);

    void Remove(IReader reader);
}
