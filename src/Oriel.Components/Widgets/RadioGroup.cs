using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>Options of which one is chosen, all in sight.</summary>
/// <typeparam name="TValue">An option.</typeparam>
public sealed class RadioGroup<TValue> : ChoiceWidget<TValue>
{
    private readonly string _name = ElementIds.Next();

    /// <summary>Whether the options are beside each other.</summary>
    [Parameter]
    public bool Horizontal { get; set; }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "div");
        AddCommon(builder, 1, Horizontal ? "o-radios o-radios-row" : "o-radios");
        builder.AddAttribute(6, "role", "radiogroup");
        AddGroup(builder);
        foreach (var option in Options)
        {
            builder.OpenElement(12, "label");
            builder.SetKey(KeyOf(option));
            builder.AddAttribute(13, "class", Disabled || IsDisabled(option) ? "o-toggle o-disabled" : "o-toggle");
            builder.OpenElement(14, "input");
            builder.AddAttribute(15, "type", "radio");
            builder.AddAttribute(16, "class", "o-radio");
            builder.AddAttribute(17, "name", _name);
            builder.AddAttribute(18, "value", KeyOf(option));
            builder.AddAttribute(19, "disabled", Disabled || IsDisabled(option));
            builder.AddAttribute(20, "checked", IsChosen(option));
            builder.AddAttribute(21, "onchange", EventCallback.Factory.Create<ChangeEventArgs>(this, ChooseAsync));
            builder.SetUpdatesAttributeName("checked");
            builder.CloseElement();
            builder.OpenElement(22, "span");
            builder.AddAttribute(23, "class", "o-toggle-label");
            builder.AddContent(24, TextOf(option));
            builder.CloseElement();
            builder.CloseElement();
        }

        builder.CloseElement();
    }

    private void AddGroup(RenderTreeBuilder builder)
    {
        if (Label is not null)
        {
            builder.AddAttribute(7, "aria-label", Label);
        }
        else if (Context?.ControlId is { } id)
        {
            // A group is no labelable element: its label names it the other way round.
            builder.AddAttribute(8, "aria-labelledby", Widgets.Label.IdFor(id));
        }

        if (Context?.DescribedBy is { } descriptions)
        {
            builder.AddAttribute(9, "aria-describedby", descriptions);
        }

        if (IsRequired)
        {
            builder.AddAttribute(10, "aria-required", "true");
        }

        if (IsInvalid)
        {
            builder.AddAttribute(11, "aria-invalid", "true");
        }
    }
}
