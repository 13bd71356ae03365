namespace Oriel;

/// <summary>Something that has read sources.</summary>
internal interface IReader
{
    /// <summary>Says that a source may have changed. From any thread, with no lock held.</summary>
    /// <param name="generation">How many watches in a row have caused it, each by what it wrote when it ran.</param>
    /// <returns>Who has read this in turn and is to be told, too.</returns>
    ReaderSet? Tell(int generation);
}
