using System.Text;

namespace Oriel.Engine.Conformance;

/// <summary>A resource that a page has loaded. Status 0: a network error.</summary>
public sealed record FetchedResponse(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public static FetchedResponse NetworkError { get; } = new(0, new Dictionary<string, string>(), []);

    public string Text => Encoding.UTF8.GetString(Body);

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
