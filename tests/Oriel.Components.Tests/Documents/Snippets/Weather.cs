namespace Oriel.Components.Tests.Documents.Snippets;

/// <summary>What the page's example of a state is kept in.</summary>
public sealed class Weather
{
    public State<int> Celsius { get; } = new(20);
}
