using System.Globalization;
using System.Text;

namespace Oriel.Build;

/// <summary>Names in TypeScript.</summary>
internal static class Identifier
{
    // ECMAScript's reserved words, those that a module reserves, and what a module's top level may not declare.
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "arguments", "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else", "enum",
        "eval", "export", "extends", "false", "finally", "for", "function", "if", "implements", "import", "in", "instanceof", "interface",
        "let", "new", "null", "package", "private", "protected", "public", "return", "static", "super", "switch", "this", "throw", "true",
        "try", "typeof", "undefined", "var", "void", "while", "with", "yield",
    };

    // What TypeScript itself means by these cannot be declared anew.
    private static readonly HashSet<string> Predefined = new(StringComparer.Ordinal)
    {
        "any", "asserts", "bigint", "boolean", "infer", "is", "keyof", "never", "number", "object", "readonly", "string", "symbol", "type", "undefined", "unique", "unknown",
    };

    public static bool IsStart(char character) => character is '_' or '$' || char.IsLetter(character) || CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.LetterNumber;

    public static bool IsPart(char character) =>
        IsStart(character) ||
        CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.ConnectorPunctuation;

    /// <summary>Whether the text can stand where a property is named.</summary>
    public static bool IsName(string text) => text.Length > 0 && IsStart(text[0]) && text.All(IsPart);

    public static bool IsReserved(string name) => Reserved.Contains(name);

    /// <summary>Whether a type cannot have that name.</summary>
    public static bool IsReservedType(string name) => Reserved.Contains(name) || Predefined.Contains(name);

    /// <summary>The nearest name: <c>fs:read-all</c> is <c>fsReadAll</c>, <c>2d</c> is <c>_2d</c>.</summary>
    public static string From(string text)
    {
        if (IsName(text))
        {
            return text;
        }

        var name = new StringBuilder();
        var capitalize = false;
        foreach (var character in text)
        {
            if (!IsPart(character))
            {
                capitalize = name.Length > 0;
                continue;
            }

            if (name.Length == 0 && !IsStart(character))
            {
                name.Append('_');
            }

            name.Append(capitalize ? char.ToUpperInvariant(character) : character);
            capitalize = false;
        }

        return name.Length > 0 ? name.ToString() : "_";
    }
}
