using System.Globalization;
using System.Text;

namespace Oriel.Build;

/// <summary>Literals of TypeScript.</summary>
internal static class ScriptText
{
    /// <summary>The text as a literal.</summary>
    public static string Quote(string text)
    {
        var literal = new StringBuilder("\"");
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            switch (character)
            {
                case '"' or '\\':
                    literal.Append('\\').Append(character);
                    break;
                case '\n':
                    literal.Append("\\n");
                    break;
                case '\r':
                    literal.Append("\\r");
                    break;
                case '\t':
                    literal.Append("\\t");
                    break;
                case < ' ' or '\u007f' or '\u2028' or '\u2029':
                    Escape(character);
                    break;
                default:
                    if (char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                    {
                        literal.Append(character).Append(text[++i]);
                    }
                    else if (char.IsSurrogate(character))
                    {
                        // Half of a pair has no UTF-8.
                        Escape(character);
                    }
                    else
                    {
                        literal.Append(character);
                    }

                    break;
            }
        }

        return literal.Append('"').ToString();

        void Escape(char character) => literal.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
    }

    /// <summary>The name of a property, in quotes where it needs them.</summary>
    public static string Property(string name) => Identifier.IsName(name) ? name : Quote(name);

    /// <summary>Whether the text is a number: digits, with a sign and a fraction at most.</summary>
    public static bool IsNumber(string text)
    {
        var digits = text.StartsWith("-", StringComparison.Ordinal) ? text.Substring(1) : text;
        var parts = digits.Split('.');
        return parts.Length <= 2 && parts.All(part => part.Length is > 0 and < 40 && part.All(character => character is >= '0' and <= '9')) && (parts[0].Length == 1 || parts[0][0] != '0');
    }
}
