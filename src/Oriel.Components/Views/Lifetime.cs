namespace Oriel.Components;

/// <summary>What ends with what a function has shown: when the function runs again, and when it is shown no longer.</summary>
/// <remarks>Belongs to a component, on its dispatcher.</remarks>
internal sealed class Lifetime
{
    // A function that adds one for ever is stopped with a word about it.
    private const int MaxEnds = 10_000;

    [ThreadStatic]
    private static Lifetime? t_current;

    private readonly List<Action> _ends = [];
    private Lifetime? _outer;

    /// <summary>That of the function which runs on this thread.</summary>
    /// <exception cref="InvalidOperationException">None runs.</exception>
    public static Lifetime Current => t_current ?? throw new InvalidOperationException(
        "This belongs into a function that makes a view: that of a window, a Slot, an If or a For. In a Razor component implement IDisposable instead.");

    /// <summary>Ends what the last run has made, and begins another.</summary>
    public void Begin()
    {
        _outer = t_current;

        // What ends is no part of the new run.
        t_current = null;
        try
        {
            End();
        }
        finally
        {
            t_current = this;
        }
    }

    public void Leave() => t_current = _outer;

    public void Add(Action end)
    {
        if (_ends.Count == MaxEnds)
        {
            throw new InvalidOperationException($"A view has {MaxEnds:N0} things that end with it, which is the limit.");
        }

        _ends.Add(end);
    }

    /// <summary>Ends all, the newest first. If some throw, the others end all the same.</summary>
    /// <exception cref="AggregateException">What was thrown.</exception>
    public void End()
    {
        List<Exception>? failures = null;
        while (_ends.Count > 0)
        {
            var end = _ends[^1];
            _ends.RemoveAt(_ends.Count - 1);
            try
            {
                end();
            }
            catch (Exception exception)
            {
                (failures ??= []).Add(exception);
            }
        }

        if (failures is not null)
        {
            throw new AggregateException("What was to end with a view has thrown.", failures);
        }
    }
}
