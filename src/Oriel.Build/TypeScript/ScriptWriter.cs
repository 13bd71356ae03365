using System.Text;

namespace Oriel.Build;

/// <summary>Writes lines of TypeScript with their indentation and their documentation.</summary>
internal sealed class ScriptWriter
{
    /// <summary>How long a line may become before it is broken.</summary>
    public const int Width = 120;

    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>How many characters of a line are left.</summary>
    public int Room => Width - Indentation;

    private int Indentation => _depth * 2;

    public ScriptWriter Line(string line = "")
    {
        if (line.Length > 0)
        {
            _text.Append(' ', Indentation).Append(line);
        }

        // The same text on every system: the file is compared, and may be checked in.
        _text.Append('\n');
        return this;
    }

    /// <summary>Writes a line and indents what follows, until <see cref="Close"/>.</summary>
    public ScriptWriter Open(string line)
    {
        Line(line);
        _depth++;
        return this;
    }

    public ScriptWriter Close(string line)
    {
        Dedent();
        return Line(line);
    }

    /// <summary>Ends an indentation that no line closes.</summary>
    public void Dedent() => _depth--;

    /// <summary>Adds text that has its lines already.</summary>
    public ScriptWriter Append(string lines)
    {
        _text.Append(lines);
        return this;
    }

    /// <summary>Writes a documentation comment; nothing when there is nothing to say.</summary>
    public ScriptWriter Doc(string doc, string returns = "", string? deprecated = null)
    {
        List<string> lines = [.. Wrapped(doc)];
        if (returns.Trim().Length > 0)
        {
            lines.AddRange(Wrapped(returns, "@returns "));
        }

        if (deprecated is not null)
        {
            lines.AddRange(Wrapped(deprecated, "@deprecated "));
        }

        switch (lines.Count)
        {
            case 0:
                break;
            case 1:
                Line($"/** {lines[0]} */");
                break;
            default:
                Line("/**");
                foreach (var line in lines)
                {
                    Line(line.Length > 0 ? $" * {line}" : " *");
                }

                Line(" */");
                break;
        }

        return this;
    }

    public override string ToString() => _text.ToString();

    private List<string> Wrapped(string text, string tag = "")
    {
        List<string> lines = [];
        foreach (var paragraph in text.Replace("\r\n", "\n").Replace('\r', '\n').Trim().Split('\n'))
        {
            var line = new StringBuilder();
            foreach (var word in paragraph.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.Length > 0 && line.Length + word.Length > Room - 8)
                {
                    lines.Add(line.ToString());
                    line.Clear();
                }

                line.Append(line.Length > 0 ? " " : "").Append(Inert(word, line.Length == 0));
            }

            lines.Add(line.ToString());
        }

        if (tag.Length > 0)
        {
            lines[0] = (tag + lines[0]).TrimEnd();
            return lines;
        }

        return lines.Count == 1 && lines[0].Length == 0 ? [] : lines;
    }

    // A documentation text neither ends its comment nor begins a tag of its own.
    private static string Inert(string word, bool isFirst)
    {
        var inert = word.Replace("*/", "*\\/");
        return isFirst && inert[0] == '@' ? "\\" + inert : inert;
    }
}
