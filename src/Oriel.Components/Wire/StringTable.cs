namespace Oriel.Components.Wire;

/// <summary>The strings that the page has been sent twice: they go as their number from then on.</summary>
internal sealed class StringTable
{
    /// <summary>What a string may measure to be worth keeping, in characters.</summary>
    public const int MaxLength = 256;

    // Shorter ones are not longer than a number.
    private const int MinLength = 4;
    private const int MaxStrings = 4_096;
    private const int MaxSeen = 4_096;

    private readonly Dictionary<string, int> _defined = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Defines a string that is about to be written, if it comes the second time. Between two ops alone.</summary>
    public void Prepare(FrameWriter writer, string? text)
    {
        if (text is not { Length: >= MinLength and <= MaxLength } || _defined.Count == MaxStrings || _defined.ContainsKey(text))
        {
            return;
        }

        if (!_seen.Remove(text))
        {
            if (_seen.Count == MaxSeen)
            {
                _seen.Clear();
            }

            _seen.Add(text);
            return;
        }

        writer.Op(Op.Define);
        writer.Text(text);
        _defined.Add(text, _defined.Count);
    }

    public void Write(FrameWriter writer, string? text)
    {
        if (text is not null && _defined.TryGetValue(text, out var index))
        {
            writer.Number(index);
            return;
        }

        writer.Text(text);
    }
}
