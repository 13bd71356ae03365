namespace Oriel;

/// <summary>A source that was read.</summary>
/// <param name="Source">The source.</param>
/// <param name="Version">The number of the value that was read; negative if there was none.</param>
internal readonly record struct Dependency(ISource Source, long Version)
{
    /// <summary>Whether all are as they were read.</summary>
    /// <remarks>In the order of the reading: what a function reads later may depend on what it read before, which has then changed.</remarks>
    public static bool AreCurrent(Dependency[] dependencies)
    {
        foreach (var (source, version) in dependencies)
        {
            if (version < 0 || source.Refresh() != version)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Makes a reader follow other sources than before.</summary>
    public static void Follow(IReader reader, Dependency[] before, Dependency[] now)
    {
        foreach (var dependency in now)
        {
            dependency.Source.Add(reader);
        }

        if (before.Length == 0)
        {
            return;
        }

        var kept = new HashSet<ISource>(now.Length, ReferenceEqualityComparer.Instance);
        foreach (var dependency in now)
        {
            kept.Add(dependency.Source);
        }

        foreach (var dependency in before)
        {
            if (!kept.Contains(dependency.Source))
            {
                dependency.Source.Remove(reader);
            }
        }
    }
}
