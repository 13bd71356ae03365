namespace Oriel.Processes;

/// <summary>The last lines that a program has written to its standard error: they say why it ended.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class LineTail
{
    private const int MaxLines = 20;
    private const int MaxLineLength = 500;

    private readonly Queue<string> _lines = new();

    public void Add(string line)
    {
        lock (_lines)
        {
            if (_lines.Count == MaxLines)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue(line.Length <= MaxLineLength ? line : string.Concat(line.AsSpan(0, MaxLineLength), "..."));
        }
    }

    /// <summary>A sentence's continuation with the lines; empty when there are none.</summary>
    public override string ToString()
    {
        lock (_lines)
        {
            return _lines.Count == 0 ? "" : $" Its last lines on standard error:\n  {string.Join("\n  ", _lines)}";
        }
    }
}
