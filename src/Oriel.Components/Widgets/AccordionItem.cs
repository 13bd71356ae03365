using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>A section of an <see cref="Accordion"/>. The page opens and closes it: a native <c>details</c>.</summary>
public sealed class AccordionItem : Widget
{
    private bool _opens;

    /// <summary>What it is called.</summary>
    [Parameter]
    [EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>Whether it is open at first.</summary>
    [Parameter]
    public bool InitiallyOpen { get; set; }

    /// <summary>What is inside.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [CascadingParameter]
    private AccordionGroup? Group { get; set; }

    /// <inheritdoc/>
    protected override void OnInitialized() => _opens = InitiallyOpen;

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "details");
        AddCommon(builder, 1, "o-accordion-item");
        if (Group?.Name is { } name)
        {
            builder.AddAttribute(6, "name", name);
        }

        if (_opens)
        {
            builder.AddAttribute(7, "open", true);
        }

        builder.OpenElement(8, "summary");
        builder.AddAttribute(9, "class", "o-accordion-title");
        builder.AddContent(10, Title);
        builder.CloseElement();
        builder.OpenElement(11, "div");
        builder.AddAttribute(12, "class", "o-accordion-body");
        builder.AddContent(13, ChildContent);
        builder.CloseElement();
        builder.CloseElement();
    }
}
