using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Oriel.Components.Tests;

/// <summary>Applies frames to a tree as a page does, and writes the tree as text. Fails on what does not fit.</summary>
internal sealed class TestDocument
{
    private readonly Dictionary<int, Node> _components = new() { [0] = new("component") };
    private readonly List<string> _names = [];
    private readonly List<string> _strings = [];
    private readonly List<JsonNode?[]> _templates = [];
    private readonly HashSet<ulong> _handlers = [];
    private JsonNode?[] _ops = [];
    private int _place;

    // What fills the nulls of the template that is being read.
    private Func<JsonNode?>? _fill;

    public int Templates => _templates.Count;

    public int Strings => _strings.Count;

    /// <summary>The handlers that the page has.</summary>
    public IReadOnlySet<ulong> Handlers => _handlers;

    public void Apply(JsonArray frame)
    {
        _ops = [.. frame.Skip(2)];
        _place = 0;
        var parents = new Stack<Node>();
        while (_place < _ops.Length)
        {
            var op = Number();
            switch (op)
            {
                case 0:
                    parents.Clear();
                    parents.Push(_components[Number()]);
                    break;
                case 1:
                    var at = Number();
                    parents.Peek().Children.Insert(at, ReadNode());
                    break;
                case 2:
                    parents.Peek().Children.RemoveAt(Number());
                    break;
                case 3:
                    parents.Peek().Children[Number()].Attributes[Name()] = Value();
                    break;
                case 4:
                    parents.Peek().Children[Number()].Attributes.Remove(Name());
                    break;
                case 5 or 8:
                    parents.Peek().Children[Number()].Text = Text();
                    break;
                case 6:
                    parents.Push(parents.Peek().Children[Number()]);
                    break;
                case 7:
                    parents.Pop();
                    break;
                case 9:
                    Move(parents.Peek().Children);
                    break;
                case 10:
                    var element = parents.Peek().Children[Number()];
                    var name = Name();
                    element.Attributes["on" + name] = Handler();
                    break;
                case 11:
                    Repeat(() => Assert.True(_components.Remove(Number())));
                    break;
                case 12:
                    Repeat(() => Assert.True(_handlers.Remove((ulong)Number())));
                    break;
                case 13:
                    _strings.Add((string)Next()!);
                    break;
                case 14:
                    var begin = _place;
                    _fill = static () => null;
                    ReadNode(registers: false);
                    _fill = null;
                    _templates.Add(_ops[begin.._place]);
                    break;
                default:
                    Assert.Fail($"There is no op {op}.");
                    break;
            }
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text, _components[0]);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Node node)
    {
        switch (node.Name)
        {
            case "text" or "markup":
                text.Append(node.Text);
                break;
            case "component":
                node.Children.ForEach(c => Write(text, c));
                break;
            default:
                text.Append('<').Append(node.Name);
                foreach (var (name, value) in node.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal))
                {
                    text.Append(' ').Append(name);
                    if (!name.StartsWith("on", StringComparison.Ordinal))
                    {
                        text.Append('=').Append(value);
                    }
                }

                text.Append('>');
                node.Children.ForEach(c => Write(text, c));
                text.Append("</").Append(node.Name).Append('>');
                break;
        }
    }

    private void Move(List<Node> children)
    {
        var before = children.ToArray();
        Repeat(() =>
        {
            var (from, to, length, step) = (Number(), Number(), Number(), Number());
            for (var i = 0; i < length; i++)
            {
                children[to + (i * step)] = before[from + i];
            }
        });
        Assert.Equal(before.Length, children.Distinct().Count());
    }

    private Node ReadNode(bool registers = true)
    {
        var kind = Number();
        switch (kind)
        {
            case 1:
                var node = new Node(Name());
                for (var count = Number(); count > 0; count--)
                {
                    node.Attributes[Name()] = Value();
                }

                for (var count = Number(); count > 0; count--)
                {
                    node.Attributes["on" + Name()] = Handler(registers);
                }

                Next();
                for (var count = Number(); count > 0; count--)
                {
                    node.Children.Add(ReadNode(registers));
                }

                return node;
            case 2 or 3:
                return new(kind == 2 ? "text" : "markup") { Text = Text() };
            case 4:
                var component = new Node("component");
                var id = Next();
                if (registers)
                {
                    Assert.True(_components.TryAdd((int)id!, component), "Two components have one id.");
                }

                return component;
            case 5:
                return Use(_templates[Number()]);
            default:
                throw new InvalidOperationException($"There is no node {kind}.");
        }
    }

    private Node Use(JsonNode?[] template)
    {
        var (ops, place) = (_ops, _place);
        var slot = place;
        _fill = () => ops[slot++];
        (_ops, _place) = (template, 0);
        var node = ReadNode();
        _fill = null;
        (_ops, _place) = (ops, slot);
        return node;
    }

    private void Repeat(Action action)
    {
        for (var count = Number(); count > 0; count--)
        {
            action();
        }
    }

    private string Handler(bool registers = true)
    {
        var id = Next();
        if (registers)
        {
            Assert.True(_handlers.Add((ulong)id!), "Two handlers have one id.");
        }

        return "";
    }

    private JsonNode? Next()
    {
        var next = _ops[_place++];
        return next is null && _fill is not null ? _fill() : next;
    }

    private int Number() => (int)_ops[_place++]!;

    private string Name()
    {
        var name = Next()!;
        if (name.GetValueKind() == JsonValueKind.Number)
        {
            return _names[(int)name];
        }

        // A template's names are new where the template is defined, and literal where it is used.
        if (_templates.All(t => !ReferenceEquals(t, _ops)))
        {
            _names.Add((string)name!);
        }

        return (string)name!;
    }

    private string? Value() => Next() is { } value ? value.GetValueKind() == JsonValueKind.True ? null : Text(value) : null;

    private string Text() => Next() is { } text ? Text(text) : "";

    private string Text(JsonNode text) => text.GetValueKind() == JsonValueKind.Number ? _strings[(int)text] : (string)text!;

    private sealed class Node(string name)
    {
        public string Name => name;

        public string Text { get; set; } = "";

        public SortedDictionary<string, string?> Attributes { get; } = new(StringComparer.Ordinal);

        public List<Node> Children { get; } = [];
    }
}
