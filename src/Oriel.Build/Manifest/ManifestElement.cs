using System.Text.Json;

namespace Oriel.Build;

/// <summary>A part of a manifest that knows where it stands, so that what is wrong with it can be said.</summary>
internal readonly struct ManifestElement(JsonElement element, string path)
{
    public string Path => path;

    /// <summary>The same part, under a name that says more than where it stands.</summary>
    public ManifestElement Named(string name) => new(element, name);

    public bool IsNumber => element.ValueKind == JsonValueKind.Number;

    public string Text(string name, int limit = ManifestLimits.NameCharacters) => OptionalText(name, limit) ?? throw Wrong(name, "is missing");

    /// <summary>The text of a member; null when the member is not there.</summary>
    public string? OptionalText(string name, int limit = ManifestLimits.NameCharacters) => Member(name)?.AsText(limit);

    public string Doc(string name = "doc") => OptionalText(name, ManifestLimits.DocCharacters) ?? "";

    public bool Flag(string name)
    {
        var flag = Member(name);
        return flag is { } present && present.AsFlag();
    }

    public ManifestElement Required(string name) => Member(name) ?? throw Wrong(name, "is missing");

    /// <summary>The items of a list; none when the member is not there.</summary>
    public IReadOnlyList<ManifestElement> List(string name, int limit)
    {
        if (Member(name) is not { } list)
        {
            return [];
        }

        return list.AsList(limit);
    }

    public TypeExpression Type(string name) => OptionalType(name) ?? throw Wrong(name, "is missing");

    public TypeExpression? OptionalType(string name) =>
        OptionalText(name, ManifestLimits.TypeCharacters) is { } text ? TypeParser.Parse(text, $"{Path}.{name}") : null;

    public string AsText(int limit)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            throw Wrong($"is {Kind()} where a text is expected");
        }

        string text;
        try
        {
            text = element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Wrong("is not valid Unicode");
        }

        return text.Length <= limit ? text : throw Wrong($"has {text.Length:N0} characters; at most {limit:N0} are read");
    }

    public ManifestLiteral AsLiteral()
    {
        if (!IsNumber)
        {
            return new ManifestLiteral(AsText(ManifestLimits.NameCharacters), IsNumber: false);
        }

        var number = element.GetRawText();
        return ScriptText.IsNumber(number) ? new ManifestLiteral(number, IsNumber: true) : throw Wrong("is not a plain number");
    }

    private bool AsFlag() =>
        element.ValueKind is JsonValueKind.True or JsonValueKind.False ? element.GetBoolean() : throw Wrong($"is {Kind()} where true or false is expected");

    private List<ManifestElement> AsList(int limit)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            throw Wrong($"is {Kind()} where a list is expected");
        }

        var length = element.GetArrayLength();
        if (length > limit)
        {
            throw Wrong($"has {length:N0} items; at most {limit:N0} are read");
        }

        List<ManifestElement> items = [];
        foreach (var item in element.EnumerateArray())
        {
            items.Add(new ManifestElement(item, $"{path}[{items.Count}]"));
        }

        return items;
    }

    private ManifestElement? Member(string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Wrong($"is {Kind()} where an object is expected");
        }

        return element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? new ManifestElement(member, $"{path}.{name}") : null;
    }

    private string Kind() => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    public ManifestException Wrong(string what) => new($"{path} {what}");

    private ManifestException Wrong(string name, string what) => new($"{path}.{name} {what}");
}
