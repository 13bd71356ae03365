using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Tests.TestClient;

/// <summary>A node of a random tree.</summary>
internal sealed record Shape(ShapeKind Kind, int Key, string Text, IReadOnlyList<Shape> Children)
{
    public void Render(RenderTreeBuilder builder)
    {
        switch (Kind)
        {
            case ShapeKind.Text:
                builder.AddContent(0, Text);
                break;
            case ShapeKind.Markup:
                builder.AddMarkupContent(1, $"<i>{Text}</i>and <u>{Text}</u>");
                break;
            case ShapeKind.Region:
                builder.OpenRegion(2);
                RenderChildren(builder);
                builder.CloseRegion();
                break;
            case ShapeKind.Component:
                builder.OpenComponent<ShapeView>(3);
                builder.SetKey(Key);
                builder.AddComponentParameter(4, nameof(ShapeView.Content), (RenderFragment)RenderChildren);
                builder.CloseComponent();
                break;
            default:
                RenderElement(builder);
                break;
        }
    }

    private void RenderElement(RenderTreeBuilder builder)
    {
        builder.OpenElement(5, Kind == ShapeKind.Input ? "input" : "div");
        builder.SetKey(Key);
        if (Text.Length > 1)
        {
            builder.AddAttribute(6, Kind == ShapeKind.Input ? "value" : "title", Text);
        }

        if (Text.Length % 2 == 0)
        {
            builder.AddAttribute(7, "onclick", EventCallback.Factory.Create(this, static () => { }));
        }

        builder.AddAttribute(8, "hidden", Text.Length > 2);
        RenderChildren(builder);
        builder.CloseElement();
    }

    private void RenderChildren(RenderTreeBuilder builder)
    {
        foreach (var child in Children)
        {
            child.Render(builder);
        }
    }
}
