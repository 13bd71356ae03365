namespace Oriel;

/// <summary>The readers of a source.</summary>
/// <remarks>Thread-safe. Most sources have one reader, which takes no set.</remarks>
internal sealed class ReaderSet
{
    private readonly Lock _gate = new();
    private IReader? _only;
    private HashSet<IReader>? _all;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _all?.Count ?? (_only is null ? 0 : 1);
            }
        }
    }

    public void Add(IReader reader)
    {
        lock (_gate)
        {
            if (_all is not null)
            {
                _all.Add(reader);
            }
            else if (_only is null || ReferenceEquals(_only, reader))
            {
                _only = reader;
            }
            else
            {
                _all = new HashSet<IReader>(ReferenceEqualityComparer.Instance) { _only, reader };
                _only = null;
            }
        }
    }

    public void Remove(IReader reader)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_only, reader))
            {
                _only = null;
            }
            else if (_all is not null && _all.Remove(reader) && _all.Count == 0)
            {
                // A set keeps its room: what was read by thousands would hold it for ever.
                _all = null;
            }
        }
    }

    public void CopyTo(List<IReader> readers)
    {
        lock (_gate)
        {
            if (_all is not null)
            {
                readers.AddRange(_all);
            }
            else if (_only is not null)
            {
                readers.Add(_only);
            }
        }
    }
}
