using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>A number between two others, found by moving a handle.</summary>
public sealed class Slider : ValueWidget<double>
{
    /// <summary>The smallest number.</summary>
    [Parameter]
    public double Min { get; set; }

    /// <summary>The largest number.</summary>
    [Parameter]
    public double Max { get; set; } = 100;

    /// <summary>The distance from one number to the next.</summary>
    [Parameter]
    public double Step { get; set; } = 1;

    /// <summary>Says the number in words, such as "half".</summary>
    [Parameter]
    public Func<double, string>? ValueText { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        base.OnParametersSet();
        if (!double.IsFinite(Min) || !double.IsFinite(Max) || Min >= Max)
        {
            throw new ArgumentOutOfRangeException(nameof(Max), Max, $"A slider goes from a number to a larger one, not from {Min} to {Max}.");
        }

        if (!double.IsFinite(Step) || Step <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(Step), Step, "A slider's step is a number above 0.");
        }
    }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var value = Fit(Value);
        builder.OpenElement(0, "input");
        AddCommon(builder, 1, "o-slider");
        builder.AddAttribute(6, "type", "range");
        AddValueControl(builder, 7);
        // Before the value: the page fits a value into what it knows of the range by then.
        builder.AddAttribute(13, "min", Write(Min));
        builder.AddAttribute(14, "max", Write(Max));
        builder.AddAttribute(15, "step", Write(Step));
        if (ValueText is not null)
        {
            builder.AddAttribute(16, "aria-valuetext", ValueText(value));
        }

        builder.AddAttribute(17, "value", Write(value));
        builder.AddAttribute(18, "oninput", EventCallback.Factory.Create<ChangeEventArgs>(this, TakeAsync));
        builder.SetUpdatesAttributeName("value");
        builder.CloseElement();
    }

    private Task TakeAsync(ChangeEventArgs change) =>
        !Disabled && change.Value is string { Length: < 64 } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? SetValueAsync(Fit(number))
            : Task.CompletedTask;

    private double Fit(double number) => double.IsNaN(number) ? Min : Math.Clamp(number, Min, Max);

    private static string Write(double number) => number.ToString(CultureInfo.InvariantCulture);
}
