using System.Text.Json;
using Oriel.Components.Wire;

namespace Oriel.Testing.Tree;

/// <summary>A node as a frame describes it. Null in the place of a value is a hole, which only templates have.</summary>
internal sealed class NodePlan
{
    public required NodeKind Kind { get; init; }

    public string Name { get; init; } = "";

    /// <summary>The text, the markup, or the component's id.</summary>
    public JsonElement Content { get; private set; }

    public List<(string Name, JsonElement Value)> Attributes { get; } = [];

    public List<(string Name, JsonElement Id)> Handlers { get; } = [];

    public JsonElement Reference { get; private set; }

    public List<NodePlan> Children { get; } = [];

    public static NodePlan Read(FrameReader reader, IReadOnlyList<NodePlan> templates, bool isTemplate)
    {
        var kind = (NodeKind)reader.Number("the kind of a node");
        switch (kind)
        {
            case NodeKind.Element:
                return ReadElement(reader, templates, isTemplate);
            case NodeKind.Text or NodeKind.Markup or NodeKind.Component:
                return new NodePlan { Kind = kind, Content = reader.Token("the content of a node", isTemplate) };
            case NodeKind.Use:
                var index = reader.Number("the index of a template");
                if (index < 0 || index >= templates.Count)
                {
                    throw new FrameMisfitException($"It uses template {index}; the page has {templates.Count}.");
                }

                return templates[(int)index].Fill(reader, isTemplate);
            default:
                throw new FrameMisfitException($"{(int)kind} is no kind of node.");
        }
    }

    private static NodePlan ReadElement(FrameReader reader, IReadOnlyList<NodePlan> templates, bool isTemplate)
    {
        var plan = new NodePlan { Kind = NodeKind.Element, Name = reader.Name() };
        for (var left = reader.Number("the number of attributes"); left > 0; left--)
        {
            plan.Attributes.Add((reader.Name(), reader.Token("the value of an attribute", isTemplate)));
        }

        for (var left = reader.Number("the number of handlers"); left > 0; left--)
        {
            plan.Handlers.Add((reader.Name(), reader.Token("the id of a handler", isTemplate)));
        }

        plan.Reference = reader.Token("the id of a reference", isTemplate);
        for (var left = reader.Number("the number of children"); left > 0; left--)
        {
            plan.Children.Add(Read(reader, templates, isTemplate));
        }

        return plan;
    }

    private NodePlan Fill(FrameReader reader, bool isTemplate)
    {
        var filled = new NodePlan { Kind = Kind, Name = Name, Content = Fill(Content, reader, isTemplate) };
        foreach (var (name, value) in Attributes)
        {
            filled.Attributes.Add((name, Fill(value, reader, isTemplate)));
        }

        foreach (var (name, id) in Handlers)
        {
            filled.Handlers.Add((name, Fill(id, reader, isTemplate)));
        }

        filled.Reference = Fill(Reference, reader, isTemplate);
        foreach (var child in Children)
        {
            filled.Children.Add(child.Fill(reader, isTemplate));
        }

        return filled;
    }

    private static JsonElement Fill(JsonElement value, FrameReader reader, bool isTemplate) =>
        value.ValueKind == JsonValueKind.Null ? reader.Token("what fills a template", isTemplate) : value;
}
