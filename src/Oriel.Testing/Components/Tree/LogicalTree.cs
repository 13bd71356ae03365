using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Oriel.Testing.Tree;

/// <summary>The components' nodes and the document that shows them.</summary>
internal sealed class LogicalTree
{
    private const string Svg = "http://www.w3.org/2000/svg";
    private const string MathMl = "http://www.w3.org/1998/Math/MathML";

    private readonly Dictionary<int, LogicalComponent> _components = [];
    private readonly Dictionary<INode, LogicalElement> _elements = [];
    private readonly Dictionary<string, IElement> _references = new(StringComparer.Ordinal);

    public IHtmlDocument Document { get; } = new HtmlParser().ParseDocument("<!DOCTYPE html><html><head></head><body></body></html>");

    /// <summary>The components and handlers that the page knows, and those it has lost and must be told of.</summary>
    public Registrations Registrations { get; } = new();

    public IReadOnlyDictionary<int, LogicalComponent> Components => _components;

    /// <summary>Shows a component that no other contains.</summary>
    public LogicalComponent AddRoot(int id, IElement container)
    {
        var root = new LogicalComponent(id, container);
        Add(root);
        return root;
    }

    public void Forget(int componentId) => _components.Remove(componentId);

    /// <summary>What a component wrote as this element; null for one of ready markup.</summary>
    public LogicalElement? Find(INode node) => _elements.GetValueOrDefault(node);

    /// <summary>The element that a component refers to.</summary>
    public IElement? FindReferenced(string reference) => _references.GetValueOrDefault(reference);

    /// <summary>The id of the component that wrote an element.</summary>
    public static int ComponentOf(LogicalElement element)
    {
        LogicalNode? node = element;
        while (node is not LogicalComponent)
        {
            node = node!.Parent;
        }

        return ((LogicalComponent)node).Id;
    }

    public LogicalComponent NewComponent(int id)
    {
        var component = new LogicalComponent(id);
        Add(component);
        return component;
    }

    /// <summary>Makes an element as a child of a place, without showing it.</summary>
    public LogicalElement NewElement(string name, INode parent)
    {
        var context = parent as IElement;
        var space = name switch
        {
            "svg" => Svg,
            "math" => MathMl,
            _ when context is null or { LocalName: "foreignObject" } => null,
            _ => context.NamespaceUri is Svg or MathMl ? context.NamespaceUri : null,
        };
        var element = new LogicalElement(space is null ? Document.CreateElement(name) : Document.CreateElement(space, name));
        _elements.Add(element.Element, element);
        return element;
    }

    public LogicalText NewText(string text) => new(Document.CreateTextNode(text));

    /// <summary>Makes nodes of HTML as they would be read at a place.</summary>
    public LogicalMarkup NewMarkup(string html, INode parent)
    {
        var context = parent as IElement ?? Document.Body!;
        return new LogicalMarkup([.. new HtmlParser().ParseFragment(html, context).Select(node => Document.Import(node, deep: true))]);
    }

    public void Refer(LogicalElement element, string reference)
    {
        element.Reference = reference;
        _references[reference] = element.Element;
    }

    /// <summary>The element of the document that shows the children of a node.</summary>
    public static IElement ContainerOf(LogicalNode node) => node switch
    {
        LogicalElement element => element.Element,
        LogicalComponent { Container: { } container } => container,
        { Parent: { } parent } => ContainerOf(parent),
        _ => throw new FrameMisfitException("It changes a component that is shown nowhere."),
    };

    public static void Insert(LogicalNode parent, int index, LogicalNode child)
    {
        Show(child, ContainerOf(parent), NodeAt(parent, index));
        parent.Children.Insert(index, child);
        child.Parent = parent;
    }

    /// <summary>Takes a node away with all below it, whose components and handlers the page expects to be told of.</summary>
    public void Remove(LogicalNode parent, int index)
    {
        var child = parent.Children[index];
        Hide(child);
        parent.Children.RemoveAt(index);
        foreach (var node in child.Subtree)
        {
            Release(node);
        }

        child.Parent = null;
    }

    /// <summary>Puts children into another order; what is shown is moved, never made anew.</summary>
    /// <param name="parent">Whose children.</param>
    /// <param name="order">For each place the place that its child had before.</param>
    public static void Reorder(LogicalNode parent, int[] order)
    {
        var before = parent.Children.ToArray();
        var end = NodeAt(parent, before.Length);
        for (var place = before.Length - 1; place >= 0; place--)
        {
            var child = before[order[place]];
            parent.Children[place] = child;
            if (order[place] != place)
            {
                Show(child, ContainerOf(parent), end);
            }

            end = child.Shown.FirstOrDefault() ?? end;
        }
    }

    private void Add(LogicalComponent component)
    {
        if (!_components.TryAdd(component.Id, component))
        {
            throw new FrameMisfitException($"It adds component {component.Id} a second time.");
        }
    }

    private void Release(LogicalNode node)
    {
        switch (node)
        {
            case LogicalComponent component:
                Registrations.Lost(component);
                break;
            case LogicalElement element:
                _elements.Remove(element.Element);
                foreach (var handler in element.Handlers.Values)
                {
                    Registrations.Lost(handler);
                }

                if (element.Reference is { } reference && _references.GetValueOrDefault(reference) == element.Element)
                {
                    _references.Remove(reference);
                }

                break;
        }
    }

    // The node before which a child at this place is shown; null is the end of the container.
    private static INode? NodeAt(LogicalNode parent, int index)
    {
        for (; index < parent.Children.Count; index++)
        {
            if (parent.Children[index].Shown.FirstOrDefault() is { } node)
            {
                return node;
            }
        }

        return parent is LogicalComponent && parent.Parent is { } above ? NodeAt(above, above.Children.IndexOf(parent) + 1) : null;
    }

    private static void Show(LogicalNode node, IElement container, INode? before)
    {
        foreach (var shown in node.Shown.ToArray())
        {
            container.InsertBefore(shown, before);
        }
    }

    private static void Hide(LogicalNode node)
    {
        foreach (var shown in node.Shown.ToArray())
        {
            shown.Parent?.RemoveChild(shown);
        }
    }
}
