using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Oriel.Generators.Capabilities;

/// <summary>Reads JSON (RFC 8259) and keeps where everything stands, so that a mistake is shown in the file.</summary>
/// <remarks>A compiler loads generators without the libraries that they were built with, so this one leans on none.</remarks>
internal sealed class JsonText
{
    private const int MaxDepth = 16;
    private const int MaxLength = 256 * 1024;

    private readonly string _text;
    private int _position;
    private int _depth;

    private JsonText(string text) => _text = text;

    /// <summary>Reads a text that is one JSON value.</summary>
    /// <param name="text">The text.</param>
    /// <param name="error">What is wrong.</param>
    /// <param name="errorSpan">Where it is.</param>
    /// <returns>The value; null when something is wrong.</returns>
    public static JsonNode? Read(string text, out string error, out TextSpan errorSpan)
    {
        error = "";
        errorSpan = default;

        if (text.Length > MaxLength)
        {
            error = $"the file is larger than {MaxLength / 1024} KiB";
            return null;
        }

        var reader = new JsonText(text);
        try
        {
            var value = reader.ReadValue();
            reader.SkipSpace();
            if (reader._position < text.Length)
            {
                throw reader.Unexpected("the end of the file");
            }

            return value;
        }
        catch (JsonSyntaxException exception)
        {
            error = exception.Message;
            errorSpan = new TextSpan(Math.Min(exception.Position, text.Length), exception.Position < text.Length ? 1 : 0);
            return null;
        }
    }

    private char Current => _position < _text.Length ? _text[_position] : '\0';

    private JsonNode ReadValue()
    {
        SkipSpace();
        var start = _position;
        switch (Current)
        {
            case '{':
                return ReadObject(start);
            case '[':
                return ReadArray(start);
            case '"':
                var text = ReadString();
                return new JsonNode(JsonKind.String, Since(start)) { Text = text };
            case 't':
                return ReadWord("true", start);
            case 'f':
                return ReadWord("false", start);
            case 'n':
                return ReadWord("null", start);
            case '-' or (>= '0' and <= '9'):
                return ReadNumber(start);
            default:
                throw Unexpected("a value");
        }
    }

    private JsonNode ReadObject(int start)
    {
        Enter();
        var members = new List<JsonMember>();
        SkipSpace();
        if (Current != '}')
        {
            do
            {
                SkipSpace();
                var nameStart = _position;
                if (Current != '"')
                {
                    throw Unexpected("a member's name in quotes");
                }

                var name = ReadString();
                var nameNode = new JsonNode(JsonKind.String, Since(nameStart)) { Text = name };
                SkipSpace();
                Take(':');
                members.Add(new JsonMember(nameNode, ReadValue()));
                SkipSpace();
            }
            while (TryTake(','));
        }

        Take('}');
        _depth--;
        return new JsonNode(JsonKind.Object, Since(start)) { Members = members };
    }

    private JsonNode ReadArray(int start)
    {
        Enter();
        var items = new List<JsonNode>();
        SkipSpace();
        if (Current != ']')
        {
            do
            {
                items.Add(ReadValue());
                SkipSpace();
            }
            while (TryTake(','));
        }

        Take(']');
        _depth--;
        return new JsonNode(JsonKind.Array, Since(start)) { Items = items };
    }

    private string ReadString()
    {
        var text = new StringBuilder();
        _position++;
        while (Current != '"')
        {
            if (_position >= _text.Length || Current < ' ')
            {
                throw Unexpected("the end of the string");
            }

            text.Append(Current == '\\' ? ReadEscape() : _text[_position++]);
        }

        _position++;
        return text.ToString();
    }

    private char ReadEscape()
    {
        _position++;
        var escape = Current;
        _position++;
        switch (escape)
        {
            case '"' or '\\' or '/':
                return escape;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                var code = 0;
                for (var i = 0; i < 4; i++)
                {
                    var digit = "0123456789abcdef".IndexOf(char.ToLowerInvariant(Current));
                    if (digit < 0)
                    {
                        throw Unexpected("four hexadecimal digits");
                    }

                    code = (code * 16) + digit;
                    _position++;
                }

                return (char)code;
            default:
                _position--;
                throw Unexpected("an escape");
        }
    }

    private JsonNode ReadNumber(int start)
    {
        TryTake('-');
        if (!TryTake('0'))
        {
            ReadDigits();
        }

        if (TryTake('.'))
        {
            ReadDigits();
        }

        if (TryTake('e') || TryTake('E'))
        {
            _ = TryTake('+') || TryTake('-');
            ReadDigits();
        }

        return new JsonNode(JsonKind.Number, Since(start));
    }

    private void ReadDigits()
    {
        if (Current is not (>= '0' and <= '9'))
        {
            throw Unexpected("a digit");
        }

        while (Current is >= '0' and <= '9')
        {
            _position++;
        }
    }

    private JsonNode ReadWord(string word, int start)
    {
        foreach (var letter in word)
        {
            Take(letter);
        }

        return new JsonNode(JsonKind.Word, Since(start)) { Text = word };
    }

    private void Enter()
    {
        if (++_depth > MaxDepth)
        {
            throw new JsonSyntaxException(_position, $"it is nested more than {MaxDepth} levels deep");
        }

        _position++;
    }

    private void SkipSpace()
    {
        while (Current is ' ' or '\t' or '\r' or '\n')
        {
            _position++;
        }
    }

    private void Take(char expected)
    {
        if (!TryTake(expected))
        {
            throw Unexpected($"'{expected}'");
        }
    }

    private bool TryTake(char expected)
    {
        if (_position >= _text.Length || _text[_position] != expected)
        {
            return false;
        }

        _position++;
        return true;
    }

    private TextSpan Since(int start) => TextSpan.FromBounds(start, _position);

    private JsonSyntaxException Unexpected(string expected) =>
        new(_position, _position < _text.Length ? $"there is {Show(_text[_position])} where {expected} is expected" : $"it ends where {expected} is expected");

    private static string Show(char c) => c is > ' ' and < '\x7f' ? $"'{c}'" : $"U+{(int)c:X4}";

    private sealed class JsonSyntaxException(int position, string message) : Exception(message)
    {
        public int Position { get; } = position;
    }
}
