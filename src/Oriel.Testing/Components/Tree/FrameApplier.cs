using System.Text.Json;
using AngleSharp.Html.Dom;
using Oriel.Components.Wire;

namespace Oriel.Testing.Tree;

/// <summary>Does to a tree what a frame says, and refuses what does not fit.</summary>
internal sealed class FrameApplier(LogicalTree tree)
{
    private const int MaxStrings = 4096;
    private const int MaxTemplates = 256;

    private readonly List<string> _names = [];
    private readonly List<string> _strings = [];
    private readonly List<NodePlan> _templates = [];
    private readonly HashSet<LogicalElement> _selects = [];
    private readonly HashSet<int> _changed = [];

    private FrameReader _reader = null!;
    private LogicalNode? _parent;
    private int _depth;
    private long _acknowledged;

    /// <summary>The components that the last frame changed.</summary>
    public IReadOnlyCollection<int> Changed => _changed;

    /// <summary>Applies a frame.</summary>
    /// <param name="message">The message, whose ops begin with the third member.</param>
    /// <param name="acknowledged">The number of the last event that had been handled when it was written.</param>
    /// <exception cref="FrameMisfitException">An op does not fit.</exception>
    public void Apply(IReadOnlyList<JsonElement> message, long acknowledged)
    {
        _reader = new FrameReader(message, 2, _names);
        _parent = null;
        _acknowledged = acknowledged;
        _selects.Clear();
        _changed.Clear();
        while (_reader.HasMore)
        {
            Apply((Op)_reader.Number("an op"));
        }

        foreach (var select in _selects)
        {
            select.SelectLate();
        }

        tree.Registrations.Settle();
        RefuseDuplicateIds();
    }

    private void Apply(Op op)
    {
        switch (op)
        {
            case Op.Component:
                Begin(Id());
                break;
            case Op.Insert:
                Insert();
                break;
            case Op.Remove:
                tree.Remove(Parent, Index());
                break;
            case Op.Attribute:
                SetAttribute(Child<LogicalElement>(), _reader.Name(), _reader.Token("the value of an attribute"));
                break;
            case Op.NoAttribute:
                RemoveAttribute(Child<LogicalElement>(), _reader.Name());
                break;
            case Op.Text:
                Child<LogicalText>().Text.Data = Text(_reader.Token("a text"));
                break;
            case Op.In:
                _parent = Child<LogicalElement>();
                _depth++;
                break;
            case Op.Out:
                _parent = --_depth >= 0 ? Parent.Parent : throw new FrameMisfitException("It goes out of a component's children.");
                break;
            case Op.Markup:
                ReplaceMarkup();
                break;
            case Op.Move:
                Move();
                break;
            case Op.Handler:
                SetHandler(Child<LogicalElement>(), _reader.Name(), _reader.Number("the id of a handler"));
                break;
            case Op.Gone:
                Repeat(() => End(Id()));
                break;
            case Op.Unhandled:
                Repeat(() => tree.Registrations.Unhandled(_reader.Number("the id of a handler")));
                break;
            case Op.Define:
                Define(Text(_reader.Token("a string")));
                break;
            case Op.Template:
                AddTemplate();
                break;
            default:
                throw new FrameMisfitException($"Member {_reader.Position}, {(int)op}, is no op.");
        }
    }

    private LogicalNode Parent => _parent ?? throw new FrameMisfitException("It has edits before it has said of which component.");

    private int Id() => checked((int)_reader.Number("the id of a component"));

    private void Begin(int id)
    {
        _depth = 0;
        _changed.Add(id);
        if (tree.Components.TryGetValue(id, out var component))
        {
            _parent = component;
            return;
        }

        // The first component that a page hears of is its root.
        _parent = tree.Components.Count == 0
            ? tree.AddRoot(id, tree.Document.Body!)
            : throw new FrameMisfitException($"It changes component {id}, which the page does not know.");
    }

    private void End(int id)
    {
        if (!tree.Components.TryGetValue(id, out var component))
        {
            throw new FrameMisfitException($"It ends component {id}, which the page does not know.");
        }

        tree.Registrations.Gone(component);
        tree.Forget(id);
    }

    private void Insert()
    {
        var index = _reader.Number("an index");
        if (index < 0 || index > Parent.Children.Count)
        {
            throw new FrameMisfitException($"It inserts at {index} among {Parent.Children.Count} children.");
        }

        Build(NodePlan.Read(_reader, _templates, isTemplate: false), Parent, (int)index);
    }

    private void Build(NodePlan plan, LogicalNode parent, int index)
    {
        var container = LogicalTree.ContainerOf(parent);
        switch (plan.Kind)
        {
            case NodeKind.Text:
                LogicalTree.Insert(parent, index, tree.NewText(Text(plan.Content)));
                break;
            case NodeKind.Markup:
                LogicalTree.Insert(parent, index, tree.NewMarkup(Text(plan.Content), container));
                break;
            case NodeKind.Component:
                LogicalTree.Insert(parent, index, tree.NewComponent(plan.Content.GetInt32()));
                break;
            default:
                BuildElement(plan, parent, index, tree.NewElement(plan.Name, container));
                break;
        }
    }

    private void BuildElement(NodePlan plan, LogicalNode parent, int index, LogicalElement element)
    {
        // What a form element's value and check mean hangs on its other attributes.
        foreach (var (name, value) in plan.Attributes.OrderBy(attribute => attribute.Name is "value" or "checked"))
        {
            SetAttribute(element, name, value);
        }

        foreach (var (name, id) in plan.Handlers)
        {
            SetHandler(element, name, id.GetInt64());
        }

        if (plan.Reference.ValueKind == JsonValueKind.String)
        {
            tree.Refer(element, Text(plan.Reference));
        }

        LogicalTree.Insert(parent, index, element);
        for (var child = 0; child < plan.Children.Count; child++)
        {
            Build(plan.Children[child], element, child);
        }

        if (element.Element is IHtmlOptionElement && element.Element.Closest("select") is { } select && tree.Find(select) is { } owner)
        {
            _selects.Add(owner);
        }
    }

    private void SetAttribute(LogicalElement element, string name, JsonElement value)
    {
        element.Set(name, value.ValueKind == JsonValueKind.True ? "" : Text(value), element.LastEdit > _acknowledged);
        NoteSelect(element, name);
    }

    private void RemoveAttribute(LogicalElement element, string name)
    {
        // A handler is told from an attribute by the name that it has in a component: no attribute begins with "on".
        if (name.StartsWith("on", StringComparison.Ordinal) && element.Handlers.Remove(name[2..], out var handler))
        {
            tree.Registrations.Lost(handler);
            return;
        }

        element.Set(name, null, element.LastEdit > _acknowledged);
        NoteSelect(element, name);
    }

    private void NoteSelect(LogicalElement element, string name)
    {
        if (name == "value" && element.Element is IHtmlSelectElement)
        {
            _selects.Add(element);
        }
    }

    private void SetHandler(LogicalElement element, string name, long id)
    {
        if (element.Handlers.Remove(name, out var replaced))
        {
            tree.Registrations.Lost(replaced);
        }

        tree.Registrations.Add(id, element);
        element.Handlers.Add(name, id);
    }

    private void ReplaceMarkup()
    {
        var index = Index();
        if (Parent.Children[index] is not LogicalMarkup)
        {
            throw Unlike<LogicalMarkup>(index);
        }

        tree.Remove(Parent, index);
        LogicalTree.Insert(Parent, index, tree.NewMarkup(Text(_reader.Token("markup")), LogicalTree.ContainerOf(Parent)));
    }

    private void Move()
    {
        var count = Parent.Children.Count;
        var order = new int[count];
        Array.Fill(order, -1);
        var taken = new bool[count];
        Repeat(() =>
        {
            var (from, to) = (_reader.Number("an index"), _reader.Number("an index"));
            var (length, step) = (_reader.Number("a length"), _reader.Number("a step"));
            for (var i = 0; i < length; i++)
            {
                var (source, target) = (from + i, to + (i * step));
                if (source < 0 || source >= count || target < 0 || target >= count || taken[source] || order[target] >= 0)
                {
                    throw new FrameMisfitException($"It moves child {source} to {target}: one of {count} children, or a place, twice or not at all.");
                }

                taken[source] = true;
                order[target] = (int)source;
            }
        });
        for (var place = 0; place < count; place++)
        {
            if (order[place] < 0)
            {
                order[place] = !taken[place] ? place : throw new FrameMisfitException($"It moves no child to {place}, whose child it has moved.");
            }
        }

        LogicalTree.Reorder(Parent, order);
    }

    private void Define(string value)
    {
        if (_strings.Count == MaxStrings)
        {
            throw new FrameMisfitException($"It defines more than {MaxStrings} strings.");
        }

        _strings.Add(value);
    }

    private void AddTemplate()
    {
        if (_templates.Count == MaxTemplates)
        {
            throw new FrameMisfitException($"It defines more than {MaxTemplates} templates.");
        }

        _templates.Add(NodePlan.Read(_reader, _templates, isTemplate: true));
    }

    private void Repeat(Action action)
    {
        for (var left = _reader.Number("a count"); left > 0; left--)
        {
            action();
        }
    }

    private string Text(JsonElement token)
    {
        if (token.ValueKind == JsonValueKind.String)
        {
            return token.GetString()!;
        }

        return token.ValueKind == JsonValueKind.Number && token.TryGetInt32(out var index) && index >= 0 && index < _strings.Count
            ? _strings[index]
            : throw new FrameMisfitException($"{token.GetRawText()} is no text, nor in the table of {_strings.Count} strings.");
    }

    private int Index()
    {
        var index = _reader.Number("an index");
        return index >= 0 && index < Parent.Children.Count
            ? (int)index
            : throw new FrameMisfitException($"It changes child {index} of {Parent.Children.Count}.");
    }

    private TNode Child<TNode>()
        where TNode : LogicalNode
    {
        var index = Index();
        return Parent.Children[index] as TNode ?? throw Unlike<TNode>(index);
    }

    private FrameMisfitException Unlike<TNode>(int index) =>
        new($"It takes child {index} for {Kind(typeof(TNode))}, which is {Kind(Parent.Children[index].GetType())}.");

    private static string Kind(Type type) => type.Name.Replace("Logical", "a ", StringComparison.Ordinal).ToLowerInvariant();

    private void RefuseDuplicateIds()
    {
        if (tree.Document.All.Where(element => !string.IsNullOrEmpty(element.Id)).GroupBy(element => element.Id).FirstOrDefault(same => same.Skip(1).Any()) is { } same)
        {
            throw new FrameMisfitException($"It gives the id \"{same.Key}\" to {same.Count()} elements.");
        }
    }
}
