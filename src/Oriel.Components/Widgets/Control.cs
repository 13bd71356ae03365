using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>A widget that a person acts on.</summary>
public abstract class Control : Widget
{
    /// <summary>Whether it cannot be used.</summary>
    [Parameter]
    public bool Disabled { get; set; }

    [CascadingParameter]
    private protected ControlContext? Context { get; set; }

    // Takes two sequence numbers.
    private protected void AddControl(RenderTreeBuilder builder, int sequence)
    {
        if (Context?.DescribedBy is { } descriptions)
        {
            builder.AddAttribute(sequence, "aria-describedby", descriptions);
        }

        if (Disabled)
        {
            builder.AddAttribute(sequence + 1, "disabled", true);
        }
    }
}
