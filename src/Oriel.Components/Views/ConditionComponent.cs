using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components;

/// <summary>Shows one view or another.</summary>
internal sealed class ConditionComponent : ComponentBase
{
    private Computed<bool>? _isSo;

    [Parameter, EditorRequired]
    public required Func<bool> Condition { get; set; }

    [Parameter, EditorRequired]
    public required Func<View> Then { get; set; }

    [Parameter]
    public Func<View>? Otherwise { get; set; }

    // Computed: what it reads may change often without turning it, and then nothing is rendered.
    protected override void OnParametersSet() => _isSo = new Computed<bool>(Condition);

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        // Slots with different numbers: the one that is shown no longer ends, and what it has made with it.
        if (_isSo!.Value)
        {
            builder.OpenComponent<Slot>(0);
            builder.AddComponentParameter(1, nameof(Slot.Content), Then);
            builder.CloseComponent();
        }
        else if (Otherwise is not null)
        {
            builder.OpenComponent<Slot>(2);
            builder.AddComponentParameter(3, nameof(Slot.Content), Otherwise);
            builder.CloseComponent();
        }
    }
}
