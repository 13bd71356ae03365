using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>Lines of text.</summary>
public sealed class TextArea : TextWidget
{
    private const int MaxRows = 1_000;

    /// <summary>How many lines are shown.</summary>
    [Parameter]
    public int Rows { get; set; } = 4;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        base.OnParametersSet();
        if (Rows is < 1 or > MaxRows)
        {
            throw new ArgumentOutOfRangeException(nameof(Rows), Rows, $"1 to {MaxRows} lines can be shown.");
        }
    }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "textarea");
        AddCommon(builder, 1, "o-input o-textarea");
        builder.AddAttribute(6, "rows", Rows.ToString(CultureInfo.InvariantCulture));
        AddText(builder, 8);
        builder.CloseElement();
    }
}
