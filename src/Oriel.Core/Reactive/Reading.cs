namespace Oriel;

/// <summary>What a run of a function reads, from its beginning to <see cref="End"/>, on the thread that began it.</summary>
internal sealed class Reading
{
    // Up to here looking through a list is faster than a set.
    private const int MostWithoutSet = 8;

    [ThreadStatic]
    private static Reading? t_current;

    private readonly Reading? _outer;
    private readonly List<Dependency> _dependencies = [];
    private HashSet<ISource>? _sources;

    private Reading(object reader, int generation)
    {
        Reader = reader;
        Generation = generation;
        _outer = t_current;
        t_current = this;
    }

    /// <summary>The innermost one of the calling thread.</summary>
    public static Reading? Current => t_current;

    /// <summary>Who reads.</summary>
    public object Reader { get; }

    /// <summary>How many watches in a row have caused the run.</summary>
    public int Generation { get; }

    /// <summary>How many computed values are at most between the reader and what is written.</summary>
    public int Depth { get; private set; }

    public static Reading Begin(object reader, int generation = 0) => new(reader, generation);

    /// <summary>Whether somebody reads already, further out on this thread.</summary>
    public static bool IsReading(object reader)
    {
        for (var reading = t_current; reading is not null; reading = reading._outer)
        {
            if (ReferenceEquals(reading.Reader, reader))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Says that a source is read.</summary>
    public static void Note(ISource source, long version) => t_current?.Add(source, version);

    /// <summary>Forgets what was read, for another try.</summary>
    public void Restart()
    {
        _dependencies.Clear();
        _sources = null;
        Depth = 0;
    }

    /// <summary>Takes what was read so far.</summary>
    public Dependency[] Take() => [.. _dependencies];

    public void End() => t_current = _outer;

    private void Add(ISource source, long version)
    {
        // Of a source that is read twice the first value counts: if there is another one now, the run is to be repeated.
        if (_sources is null ? _dependencies.Exists(dependency => ReferenceEquals(dependency.Source, source)) : !_sources.Add(source))
        {
            return;
        }

        _dependencies.Add(new Dependency(source, version));
        Depth = Math.Max(Depth, source.Depth);
        if (_sources is null && _dependencies.Count > MostWithoutSet)
        {
            _sources = new HashSet<ISource>(ReferenceEqualityComparer.Instance);
            foreach (var dependency in _dependencies)
            {
                _sources.Add(dependency.Source);
            }
        }
    }
}
