using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>A control for text.</summary>
public abstract class TextWidget : ValueWidget<string>
{
    private const int MaxDebounce = 60_000;

    /// <summary>What is shown while it is empty: an example, no substitute for a label.</summary>
    [Parameter]
    public string? Placeholder { get; set; }

    /// <summary>How many UTF-16 units the text has at most. A longer one from the page is not taken.</summary>
    [Parameter]
    public int? MaxLength { get; set; }

    /// <summary>Whether the text can be selected but not changed.</summary>
    [Parameter]
    public bool ReadOnly { get; set; }

    /// <summary>Milliseconds without a further change until the value is told, 0 to 60,000.</summary>
    [Parameter]
    public int Debounce { get; set; }

    /// <summary>Whether the value is told when the person leaves the control or presses Enter, rather than with each key.</summary>
    [Parameter]
    public bool OnlyWhenDone { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        base.OnParametersSet();
        if (MaxLength < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(MaxLength), MaxLength, "A text has at least no characters.");
        }

        if (Debounce is < 0 or > MaxDebounce)
        {
            throw new ArgumentOutOfRangeException(nameof(Debounce), Debounce, $"A change is held back for 0 to {MaxDebounce} milliseconds.");
        }
    }

    // Takes 15 sequence numbers.
    private protected void AddText(RenderTreeBuilder builder, int sequence)
    {
        AddValueControl(builder, sequence);
        if (Placeholder is not null)
        {
            builder.AddAttribute(sequence + 6, "placeholder", Placeholder);
        }

        if (MaxLength is { } length)
        {
            builder.AddAttribute(sequence + 7, "maxlength", length.ToString(CultureInfo.InvariantCulture));
        }

        if (ReadOnly)
        {
            builder.AddAttribute(sequence + 8, "readonly", true);
        }

        if (Debounce > 0)
        {
            builder.AddAttribute(sequence + 9, "data-oriel-debounce", Debounce.ToString(CultureInfo.InvariantCulture));
        }

        builder.AddAttribute(sequence + 10, "value", RefusedText ?? Value ?? "");
        builder.AddAttribute(sequence + 11, OnlyWhenDone ? "onchange" : "oninput", EventCallback.Factory.Create<ChangeEventArgs>(this, TakeAsync));
        builder.SetUpdatesAttributeName("value");
    }

    private Task TakeAsync(ChangeEventArgs change)
    {
        var text = change.Value as string ?? "";
        if (Disabled || ReadOnly)
        {
            return Task.CompletedTask;
        }

        if (text.Length > MaxLength)
        {
            RefuseValue(text, $"At most {MaxLength} characters can be written here.");
            return Task.CompletedTask;
        }

        return SetValueAsync(text);
    }
}
