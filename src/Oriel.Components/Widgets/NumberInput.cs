using System.Globalization;
using System.Numerics;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>A number, written in digits.</summary>
/// <remarks>Read and written as the page does, which is the same in every culture.</remarks>
/// <typeparam name="TNumber">The number's type.</typeparam>
public sealed class NumberInput<TNumber> : ValueWidget<TNumber>
    where TNumber : struct, INumber<TNumber>
{
    private const int MaxDigits = 400;

    /// <summary>The smallest number that is taken.</summary>
    [Parameter]
    public TNumber? Min { get; set; }

    /// <summary>The largest number that is taken.</summary>
    [Parameter]
    public TNumber? Max { get; set; }

    /// <summary>The distance of the numbers that are offered; any when null.</summary>
    [Parameter]
    public TNumber? Step { get; set; }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "input");
        AddCommon(builder, 1, "o-input o-number");
        builder.AddAttribute(6, "type", "number");
        AddValueControl(builder, 7);
        if (Min is { } min)
        {
            builder.AddAttribute(13, "min", Write(min));
        }

        if (Max is { } max)
        {
            builder.AddAttribute(14, "max", Write(max));
        }

        builder.AddAttribute(15, "step", Step is { } step ? Write(step) : "any");
        builder.AddAttribute(16, "value", RefusedText ?? Write(Value));
        builder.AddAttribute(17, "onchange", EventCallback.Factory.Create<ChangeEventArgs>(this, TakeAsync));
        builder.SetUpdatesAttributeName("value");
        builder.CloseElement();
    }

    private Task TakeAsync(ChangeEventArgs change)
    {
        if (Disabled)
        {
            return Task.CompletedTask;
        }

        var text = change.Value as string ?? "";
        if (text.Length > MaxDigits || !TNumber.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !TNumber.IsFinite(number))
        {
            RefuseValue(text.Length > MaxDigits ? text[..MaxDigits] : text, "Write a number.");
            return Task.CompletedTask;
        }

        if (number < Min || number > Max)
        {
            RefuseValue(text, Min is null ? $"Write a number up to {Max}." : Max is null ? $"Write a number from {Min}." : $"Write a number from {Min} to {Max}.");
            return Task.CompletedTask;
        }

        return SetValueAsync(number);
    }

    private static string Write(TNumber number) => number.ToString(null, CultureInfo.InvariantCulture);
}
