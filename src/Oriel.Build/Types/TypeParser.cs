using System.Globalization;
using System.Text;

namespace Oriel.Build;

/// <summary>Reads the type expressions of a manifest.</summary>
/// <remarks>What is written into a source file must be a type and nothing else, so no text of the manifest is passed on unread.</remarks>
internal sealed class TypeParser
{
    private readonly string _text;
    private readonly string _where;
    private int _position;
    private int _depth;

    private TypeParser(string text, string where)
    {
        _text = text;
        _where = where;
    }

    /// <exception cref="ManifestException">The text is not a type.</exception>
    public static TypeExpression Parse(string text, string where)
    {
        if (text.Length > ManifestLimits.TypeCharacters)
        {
            throw new ManifestException($"{where}: a type of {text.Length:N0} characters; at most {ManifestLimits.TypeCharacters:N0} are read.");
        }

        var parser = new TypeParser(text, where);
        var type = parser.Type();
        parser.SkipSpace();
        return parser._position == text.Length ? type : throw parser.Unexpected();
    }

    private TypeExpression Type()
    {
        if (++_depth > ManifestLimits.TypeDepth)
        {
            throw new ManifestException($"{_where}: the type is nested more than {ManifestLimits.TypeDepth} levels deep.");
        }

        Take('|');
        var type = Parts('|', () => Parts('&', Postfix));
        _depth--;
        return type;
    }

    private TypeExpression Parts(char separator, Func<TypeExpression> part)
    {
        var first = part();
        if (!Take(separator))
        {
            return first;
        }

        List<TypeExpression> parts = [first];
        do
        {
            parts.Add(part());
        }
        while (Take(separator));

        return new CompoundType(separator, parts);
    }

    private TypeExpression Postfix()
    {
        if (TakeWord("readonly"))
        {
            return new ReadOnlyType(Postfix());
        }

        var type = Primary();
        while (Take('['))
        {
            Expect(']');
            type = new ArrayType(type);
        }

        return type;
    }

    private TypeExpression Primary()
    {
        SkipSpace();
        var next = _position < _text.Length ? _text[_position] : '\0';
        switch (next)
        {
            case '(':
                _position++;
                var inner = Type();
                Expect(')');
                return inner;
            case '[':
                _position++;
                return new TupleType(List(']'));
            case '{':
                _position++;
                return Inline();
            case '"' or '\'':
                return new LiteralType(new ManifestLiteral(Text(), IsNumber: false));
            case '-' or (>= '0' and <= '9'):
                return new LiteralType(new ManifestLiteral(Number(), IsNumber: true));
        }

        var name = Name();
        return new NamedType(name, Take('<') ? List('>') : []);
    }

    private List<TypeExpression> List(char end)
    {
        List<TypeExpression> types = [];
        if (Take(end))
        {
            return types;
        }

        do
        {
            types.Add(Type());
        }
        while (Take(','));

        Expect(end);
        return types;
    }

    private InlineType Inline()
    {
        List<ManifestMember> members = [];
        string? indexName = null;
        TypeExpression? indexKey = null;
        TypeExpression? indexValue = null;
        while (!Take('}'))
        {
            var isReadOnly = TakeWord("readonly");
            if (indexName is null && Take('['))
            {
                indexName = Name();
                Expect(':');
                indexKey = Type();
                Expect(']');
                Expect(':');
                indexValue = Type();
            }
            else
            {
                SkipSpace();
                var name = _position < _text.Length && _text[_position] is '"' or '\'' ? Text() : Name();
                var isOptional = Take('?');
                Expect(':');
                members.Add(new ManifestMember(name, Type(), isOptional, isReadOnly, ""));
            }

            if (!Take(';') && !Take(','))
            {
                Expect('}');
                break;
            }
        }

        return new InlineType(members, indexName, indexKey, indexValue);
    }

    private string Name()
    {
        SkipSpace();
        var start = _position;
        while (_position < _text.Length && (_position == start ? Identifier.IsStart(_text[_position]) : Identifier.IsPart(_text[_position])))
        {
            _position++;
        }

        return _position > start ? _text.Substring(start, _position - start) : throw Unexpected();
    }

    private string Number()
    {
        var start = _position;
        Take('-');
        while (_position < _text.Length && _text[_position] is (>= '0' and <= '9') or '.')
        {
            _position++;
        }

        var number = _text.Substring(start, _position - start);
        return ScriptText.IsNumber(number) ? number : throw Unexpected();
    }

    private string Text()
    {
        var quote = _text[_position++];
        var text = new StringBuilder();
        while (_position < _text.Length && _text[_position] != quote)
        {
            if (_text[_position] == '\\')
            {
                _position++;
                text.Append(Escaped());
                continue;
            }

            text.Append(_text[_position++]);
        }

        Expect(quote);
        return text.ToString();
    }

    // The generator quotes as JSON does: names of enumeration values, of properties and of cases.
    private char Escaped()
    {
        var escape = _position < _text.Length ? _text[_position++] : throw Unexpected();
        switch (escape)
        {
            case '\\' or '"' or '\'':
                return escape;
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when _position + 4 <= _text.Length
                && ushort.TryParse(_text.Substring(_position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _position += 4;
                return (char)code;
            default:
                _position--;
                throw Unexpected();
        }
    }

    private bool Take(char expected)
    {
        SkipSpace();
        if (_position == _text.Length || _text[_position] != expected)
        {
            return false;
        }

        _position++;
        return true;
    }

    // "readonly" is a word only where a type or a name follows it: a property may have that name.
    private bool TakeWord(string word)
    {
        SkipSpace();
        var end = _position + word.Length;
        if (string.CompareOrdinal(_text, _position, word, 0, word.Length) != 0 || end >= _text.Length || _text[end] != ' ')
        {
            return false;
        }

        _position = end;
        return true;
    }

    private void Expect(char expected)
    {
        if (!Take(expected))
        {
            throw Unexpected();
        }
    }

    private void SkipSpace()
    {
        while (_position < _text.Length && _text[_position] == ' ')
        {
            _position++;
        }
    }

    private ManifestException Unexpected() =>
        new($"{_where}: \"{_text}\" is not a type: " + (_position < _text.Length ? $"'{_text[_position]}' at {_position} was not expected." : "it ends too early."));
}
