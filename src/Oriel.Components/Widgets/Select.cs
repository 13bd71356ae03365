using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>A list of options of which one is chosen.</summary>
/// <typeparam name="TValue">An option.</typeparam>
public sealed class Select<TValue> : ChoiceWidget<TValue>
{
    /// <summary>What is shown while nothing is chosen.</summary>
    [Parameter]
    public string? Placeholder { get; set; }

    private bool HasChoice => Options.Any(IsChosen);

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "select");
        AddCommon(builder, 1, "o-input o-select");
        AddValueControl(builder, 6);
        builder.AddAttribute(12, "value", HasChoice ? KeyOf(Value) : "");
        builder.AddAttribute(13, "onchange", EventCallback.Factory.Create<ChangeEventArgs>(this, ChooseAsync));
        builder.SetUpdatesAttributeName("value");

        // Without it the page would show the first option although none is chosen.
        if (!HasChoice || Placeholder is not null)
        {
            builder.OpenElement(14, "option");
            builder.AddAttribute(15, "value", "");
            builder.AddAttribute(16, "disabled", true);
            builder.AddAttribute(17, "hidden", true);
            builder.AddAttribute(18, "selected", !HasChoice);
            builder.AddContent(19, Placeholder);
            builder.CloseElement();
        }

        foreach (var option in Options)
        {
            builder.OpenElement(20, "option");
            builder.SetKey(KeyOf(option));
            builder.AddAttribute(21, "value", KeyOf(option));
            builder.AddAttribute(22, "disabled", IsDisabled(option));
            builder.AddAttribute(23, "selected", IsChosen(option));
            builder.AddContent(24, TextOf(option));
            builder.CloseElement();
        }

        builder.CloseElement();
    }
}
