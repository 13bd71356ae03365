using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>Switches something on and off, at once.</summary>
public sealed class Switch : ToggleWidget
{
    private protected override string Kind => "switch";

    private protected override void AddKind(RenderTreeBuilder builder, int sequence) => builder.AddAttribute(sequence, "role", "switch");
}
