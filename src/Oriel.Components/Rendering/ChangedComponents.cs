namespace Oriel.Components.Rendering;

/// <summary>The components of a page that have read what was written since, until they are rendered.</summary>
/// <param name="context">The dispatcher's. Work that is posted there runs later, never at once on the thread that writes.</param>
/// <param name="render">Renders them. Called in the context.</param>
internal sealed class ChangedComponents(SynchronizationContext context, Action render)
{
    private readonly Lock _gate = new();
    private HashSet<ComponentWatch> _changed = [];
    private bool _isPosted;

    /// <summary>Adds a component. From any thread.</summary>
    public void Add(ComponentWatch component)
    {
        lock (_gate)
        {
            _changed.Add(component);
            if (_isPosted)
            {
                return;
            }

            _isPosted = true;
        }

        context.Post(static self => ((ChangedComponents)self!).Render(), this);
    }

    /// <summary>How many there are now: each is there once, however often it has changed.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _changed.Count;
            }
        }
    }

    /// <summary>Takes them all.</summary>
    public IReadOnlyCollection<ComponentWatch> Take()
    {
        lock (_gate)
        {
            if (_changed.Count == 0)
            {
                return [];
            }

            var changed = _changed;
            _changed = [];
            return changed;
        }
    }

    private void Render()
    {
        lock (_gate)
        {
            _isPosted = false;
            if (_changed.Count == 0)
            {
                return;
            }
        }

        render();
    }
}
