namespace Oriel.Build;

/// <summary>The names of one scope, each given once.</summary>
internal sealed class ScriptNames(params string[] taken)
{
    private readonly HashSet<string> _taken = new(taken, StringComparer.Ordinal);

    public bool IsFree(string name) => !_taken.Contains(name);

    public void Take(string name) => _taken.Add(name);

    /// <summary>Takes the name, with as many underscores behind it as it needs to be free.</summary>
    public string Free(string name, Func<string, bool> isAllowed)
    {
        while (!isAllowed(name) || !IsFree(name))
        {
            name += "_";
        }

        Take(name);
        return name;
    }
}
