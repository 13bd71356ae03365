namespace Oriel.Components.Tests.Conformance;

/// <summary>What a test changes of the items that a component shows.</summary>
public sealed class KeyedOrder
{
    public List<string> Items { get; set; } = [];
}
