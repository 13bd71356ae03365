namespace Oriel.Bench.Components;

/// <summary>A row of the table, with a cell that changes.</summary>
public sealed class Row(int id)
{
    public int Id { get; } = id;

    public string Name { get; } = $"Row {id}";

    public State<int> Count { get; } = new(0);
}
