using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>A box that is ticked or not.</summary>
public sealed class Checkbox : ToggleWidget
{
    private protected override string Kind => "checkbox";

    private protected override void AddKind(RenderTreeBuilder builder, int sequence)
    {
    }
}
