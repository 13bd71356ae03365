using Microsoft.CodeAnalysis.Text;

namespace Oriel.Generators.Capabilities;

/// <summary>A JSON value and where it stands. Lives only while a file is read.</summary>
internal sealed class JsonNode(JsonKind kind, TextSpan span)
{
    public JsonKind Kind { get; } = kind;

    public TextSpan Span { get; } = span;

    /// <summary>A string's text, or the word.</summary>
    public string Text { get; init; } = "";

    /// <summary>The members of an object, in their order, each name as often as it stands there.</summary>
    public IReadOnlyList<JsonMember> Members { get; init; } = [];

    /// <summary>The items of an array.</summary>
    public IReadOnlyList<JsonNode> Items { get; init; } = [];
}
