using System.Text;
using System.Text.Json.Serialization;

namespace Oriel.Engine.Conformance;

internal sealed record Point
{
    public required int X { get; init; }

    public required int Y { get; init; }
}

internal sealed record Shape
{
    public required Point[] Points { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Shape))]
internal sealed partial class Json : JsonSerializerContext
{
    /// <summary>The value of a JSON string, lone surrogates included, which System.Text.Json refuses.</summary>
    public static string Unquote(string json)
    {
        Assert.True(json.Length >= 2 && json[0] == '"' && json[^1] == '"', $"{json} is no JSON string.");

        var text = new StringBuilder();
        for (var i = 1; i < json.Length - 1; i++)
        {
            if (json[i] != '\\')
            {
                text.Append(json[i]);
                continue;
            }

            i++;
            if (json[i] == 'u')
            {
                text.Append((char)Convert.ToUInt16(json.Substring(i + 1, 4), 16));
                i += 4;
            }
            else
            {
                text.Append(json[i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', var c => c });
            }
        }

        return text.ToString();
    }

    /// <summary>A JSON string in ASCII, lone surrogates included.</summary>
    public static string Quote(string text)
    {
        var json = new StringBuilder("\"");
        foreach (var c in text)
        {
            json.Append(c is >= ' ' and < '\x7f' and not ('"' or '\\') ? c.ToString() : $"\\u{(int)c:x4}");
        }

        return json.Append('"').ToString();
    }
}
