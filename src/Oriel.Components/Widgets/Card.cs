using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>A frame around things that belong together.</summary>
public sealed class Card : Widget
{
    /// <summary>The heading.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>The heading's rank: 1 to 6.</summary>
    [Parameter]
    public int TitleLevel { get; set; } = 3;

    /// <summary>What is inside.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>What stands at the end, such as buttons.</summary>
    [Parameter]
    public RenderFragment? Footer { get; set; }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "section");
        AddCommon(builder, 1, "o-card");
        if (Title is not null)
        {
            builder.AddAttribute(6, "aria-labelledby", ElementId + "-title");
            builder.OpenComponent<Heading>(7);
            builder.AddComponentParameter(8, nameof(Heading.Level), TitleLevel);
            builder.AddComponentParameter(9, nameof(Id), ElementId + "-title");
            builder.AddComponentParameter(10, nameof(Class), "o-card-title");
            builder.AddComponentParameter(11, nameof(ChildContent), (RenderFragment)(content => content.AddContent(0, Title)));
            builder.CloseComponent();
        }

        builder.OpenElement(12, "div");
        builder.AddAttribute(13, "class", "o-card-body");
        builder.AddContent(14, ChildContent);
        builder.CloseElement();
        if (Footer is not null)
        {
            builder.OpenElement(15, "footer");
            builder.AddAttribute(16, "class", "o-card-footer");
            builder.AddContent(17, Footer);
            builder.CloseElement();
        }

        builder.CloseElement();
    }
}
