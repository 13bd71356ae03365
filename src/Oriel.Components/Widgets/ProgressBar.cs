using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>How far something has come.</summary>
public sealed class ProgressBar : Widget
{
    /// <summary>What was done, from 0 to <see cref="Max"/>; null while nobody knows.</summary>
    [Parameter]
    public double? Value { get; set; }

    /// <summary>All there is to do.</summary>
    [Parameter]
    public double Max { get; set; } = 100;

    /// <summary>What goes on.</summary>
    [Parameter]
    public string? Label { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (!double.IsFinite(Max) || Max <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(Max), Max, "All there is to do is a number above 0.");
        }
    }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "progress");
        AddCommon(builder, 1, "o-progress");
        builder.AddAttribute(6, "max", Max.ToString(CultureInfo.InvariantCulture));
        if (Value is { } value && !double.IsNaN(value))
        {
            builder.AddAttribute(7, "value", Math.Clamp(value, 0, Max).ToString(CultureInfo.InvariantCulture));
        }

        if (Label is not null)
        {
            builder.AddAttribute(8, "aria-label", Label);
        }

        builder.CloseElement();
    }
}
