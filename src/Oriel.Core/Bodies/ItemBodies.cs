namespace Oriel;

/// <summary>The bytes of one item of a stream, which are parked together when there is room for all of them.</summary>
/// <remarks>The item is written first, and names them by numbers that are theirs from the beginning. It serves one item after the other.</remarks>
internal sealed class ItemBodies(BodyTable table)
{
    private readonly List<KeyValuePair<long, DownBody>> _bodies = [];

    public bool IsEmpty => _bodies.Count == 0;

    /// <summary>Takes a body, and gives it its number.</summary>
    public long Add(DownBody body)
    {
        var id = table.NextId();
        _bodies.Add(KeyValuePair.Create(id, body));
        return id;
    }

    /// <summary>Waits until the page may be given the bytes.</summary>
    public ValueTask ParkAsync(CancellationToken cancellationToken) => table.ParkAsync(_bodies, cancellationToken);

    /// <summary>The item is on its way to the page, and its bytes are the document's from here on.</summary>
    public void HandOver() => _bodies.Clear();

    /// <summary>Drops what was not handed over.</summary>
    public void Discard()
    {
        foreach (var (id, body) in _bodies)
        {
            table.Discard(id);
            body.Close();
        }

        _bodies.Clear();
    }
}
