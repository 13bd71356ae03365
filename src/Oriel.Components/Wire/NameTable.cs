namespace Oriel.Components.Wire;

/// <summary>The names that the page has been sent: each goes as text once, and as its number from then on.</summary>
internal sealed class NameTable
{
    private const int MaxNames = 4096;

    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);

    public void Write(FrameWriter writer, string name)
    {
        if (_names.TryGetValue(name, out var index))
        {
            writer.Number(index);
            return;
        }

        if (_names.Count < MaxNames)
        {
            _names.Add(name, _names.Count);
        }

        writer.Text(name);
    }
}
