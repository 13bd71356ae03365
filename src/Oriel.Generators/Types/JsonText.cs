using System.Globalization;
using System.Text;

namespace Oriel.Generators;

/// <summary>JSON and the names in it, for a compiler that carries no serializer.</summary>
internal static class JsonText
{
    /// <summary>A JSON string with its quotes.</summary>
    public static string Quote(string text) => Append(new StringBuilder(text.Length + 2), text).ToString();

    /// <summary>Writes a JSON string with its quotes.</summary>
    public static StringBuilder Append(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '"':
                    json.Append("\\\"");
                    break;
                case '\\':
                    json.Append("\\\\");
                    break;
                case '\n':
                    json.Append("\\n");
                    break;
                case '\r':
                    json.Append("\\r");
                    break;
                case '\t':
                    json.Append("\\t");
                    break;
                default:
                    // Lone surrogates have no UTF-8; U+2028 and U+2029 end lines in C#.
                    _ = c < ' ' || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\u0085' or '\u007f'
                        ? json.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture))
                        : json.Append(c);
                    break;
            }
        }

        return json.Append('"');
    }

    /// <summary>What <c>JsonNamingPolicy.CamelCase</c> makes of a name.</summary>
    public static string CamelCase(string name)
    {
        if (name.Length == 0 || !char.IsUpper(name[0]))
        {
            return name;
        }

        var chars = name.ToCharArray();
        for (var i = 0; i < chars.Length; i++)
        {
            if (i == 1 && !char.IsUpper(chars[i]))
            {
                break;
            }

            // Of a run of capitals the last belongs to the next word: "IOError" is "ioError".
            if (i > 0 && i + 1 < chars.Length && !char.IsUpper(chars[i + 1]))
            {
                if (chars[i + 1] == ' ')
                {
                    chars[i] = char.ToLowerInvariant(chars[i]);
                }

                break;
            }

            chars[i] = char.ToLowerInvariant(chars[i]);
        }

        return new string(chars);
    }
}
