using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>Sections that open and close. What is inside are <see cref="AccordionItem"/>s.</summary>
public sealed class Accordion : Box
{
    private readonly string _name = ElementIds.Next();

    /// <summary>Whether one closes when another opens.</summary>
    [Parameter]
    public bool OneAtATime { get; set; }

    private protected override string Classes => "o-accordion";

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenComponent<CascadingValue<AccordionGroup>>(0);
        builder.AddComponentParameter(1, nameof(CascadingValue<>.Value), new AccordionGroup(OneAtATime ? _name : null));
        builder.AddComponentParameter(2, nameof(ChildContent), (RenderFragment)base.BuildRenderTree);
        builder.CloseComponent();
    }
}
