using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>A control that is on or off, with its text beside it.</summary>
public abstract class ToggleWidget : ValueWidget<bool>
{
    /// <summary>What it says, if it is more than the text of the label.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private protected abstract string Kind { get; }

    private protected abstract void AddKind(RenderTreeBuilder builder, int sequence);

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "label");
        builder.AddAttribute(1, "class", $"o-toggle o-toggle-{Kind}" + (Disabled ? " o-disabled" : ""));
        builder.OpenElement(2, "input");
        AddCommon(builder, 3, $"o-{Kind}");
        builder.AddAttribute(8, "type", "checkbox");
        AddKind(builder, 9);
        if (Id is null && Context?.ControlId is { } id)
        {
            builder.AddAttribute(11, "id", id);
        }

        if (IsRequired)
        {
            builder.AddAttribute(12, "aria-required", "true");
        }

        if (IsInvalid)
        {
            builder.AddAttribute(13, "aria-invalid", "true");
        }

        AddControl(builder, 14);
        builder.AddAttribute(16, "checked", Value);
        builder.AddAttribute(17, "onchange", EventCallback.Factory.Create<ChangeEventArgs>(this, TakeAsync));
        builder.SetUpdatesAttributeName("checked");
        builder.CloseElement();
        builder.OpenElement(18, "span");
        builder.AddAttribute(19, "class", "o-toggle-label");
        builder.AddContent(20, Label);
        builder.AddContent(21, ChildContent);
        builder.CloseElement();
        builder.CloseElement();
    }

    private Task TakeAsync(ChangeEventArgs change) => !Disabled && change.Value is bool isOn ? SetValueAsync(isOn) : Task.CompletedTask;
}
