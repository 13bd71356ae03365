namespace Oriel;

/// <summary>Follows what a function that is run again and again has read in its last run.</summary>
/// <remarks>
/// The owner runs the function between <see cref="Begin"/> and <see cref="End"/>, one run at a time, and ends the watch by
/// <see cref="Dispose"/>: until then every source holds it.
/// </remarks>
/// <param name="changed">
/// Told that a source may have changed: from any thread, with no lock held, once until the next <see cref="Begin"/> or
/// <see cref="CheckChanged"/>.
/// </param>
internal sealed class Watch(Action changed) : IReader, IDisposable
{
    /// <summary>The most runs in a row of which each was caused by what one before has written.</summary>
    /// <remarks>Ends what would go on for ever. States that settle do so within a few runs.</remarks>
    public const int MaxGenerations = 100;

    private readonly Lock _gate = new();
    private Dependency[] _dependencies = [];
    private int _isTold;
    private int _generation;
    private bool _isEnded;

    /// <summary>Whether it was told by more runs in a row than there may be.</summary>
    public bool IsRunaway => Volatile.Read(ref _generation) > MaxGenerations;

    /// <summary>Begins a run.</summary>
    public Reading Begin()
    {
        Interlocked.Exchange(ref _isTold, 0);
        return Reading.Begin(this, Interlocked.Exchange(ref _generation, 0));
    }

    /// <summary>Ends a run, whether it has thrown or not.</summary>
    public void End(Reading reading)
    {
        reading.End();
        var dependencies = reading.Take();
        lock (_gate)
        {
            if (_isEnded)
            {
                return;
            }

            Dependency.Follow(this, _dependencies, dependencies);
            _dependencies = dependencies;
        }

        // What was written between its reading and now has told nobody.
        if (!Dependency.AreCurrent(dependencies))
        {
            Tell(0);
        }
    }

    /// <summary>Whether a source has another value than in the last run. Computed values are made anew for it.</summary>
    public bool CheckChanged()
    {
        Interlocked.Exchange(ref _isTold, 0);
        if (!Dependency.AreCurrent(_dependencies))
        {
            return true;
        }

        Interlocked.Exchange(ref _generation, 0);
        return false;
    }

    public ReaderSet? Tell(int generation)
    {
        // The most of all: a run that causes itself is not hidden by a writer outside.
        for (var before = Volatile.Read(ref _generation); before < generation;)
        {
            var found = Interlocked.CompareExchange(ref _generation, generation, before);
            if (found == before)
            {
                break;
            }

            before = found;
        }

        if (Interlocked.Exchange(ref _isTold, 1) == 0 && !Volatile.Read(ref _isEnded))
        {
            changed();
        }

        return null;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Volatile.Write(ref _isEnded, true);
            Dependency.Follow(this, _dependencies, []);
            _dependencies = [];
        }
    }
}
