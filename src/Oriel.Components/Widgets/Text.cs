using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>A piece of text.</summary>
/// <remarks>Straight after a statement of C# in a Razor file the name is Razor's own: put it into another widget there, such as a <see cref="HStack"/>.</remarks>
public sealed class Text : Box
{
    /// <summary>The text; shown before what is inside.</summary>
    [Parameter]
    public string? Value { get; set; }

    /// <summary>What its colour says.</summary>
    [Parameter]
    public Tone Tone { get; set; }

    /// <summary>How large it is.</summary>
    [Parameter]
    public ControlSize Size { get; set; }

    /// <summary>Whether it is a paragraph rather than a part of a line.</summary>
    [Parameter]
    public bool Paragraph { get; set; }

    /// <summary>Whether it is important.</summary>
    [Parameter]
    public bool Strong { get; set; }

    /// <summary>Whether all letters are of one width.</summary>
    [Parameter]
    public bool Code { get; set; }

    private protected override string Element => Paragraph ? "p" : Code ? "code" : Strong ? "strong" : "span";

    private protected override string Classes =>
        "o-text" + (Tone == Tone.Neutral ? "" : $" o-tone-{Tone.Lower()}") + (Size == ControlSize.Medium ? "" : $" o-text-{Size.Lower()}")
        + (Strong ? " o-strong" : "") + (Code ? " o-code" : "");

    private protected override void AddSpecific(RenderTreeBuilder builder)
    {
        if (Value is not null)
        {
            builder.AddContent(6, Value);
        }
    }
}
