using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>An image.</summary>
public sealed class Image : Widget
{
    /// <summary>Its address: a file of the application, an address outside, or <c>data:image/...</c>.</summary>
    [Parameter]
    [EditorRequired]
    public string? Source { get; set; }

    /// <summary>What it shows, for people who cannot see it; empty for an image that only decorates.</summary>
    [Parameter]
    public string Alt { get; set; } = "";

    /// <summary>How wide it is, in pixels.</summary>
    [Parameter]
    public int? Width { get; set; }

    /// <summary>How high it is, in pixels.</summary>
    [Parameter]
    public int? Height { get; set; }

    /// <summary>Whether it is fetched only when it is about to be seen.</summary>
    [Parameter]
    public bool Lazy { get; set; }

    /// <summary>Whether its corners are round.</summary>
    [Parameter]
    public bool Rounded { get; set; }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "img");
        AddCommon(builder, 1, Rounded ? "o-image o-rounded" : "o-image");
        if (Lazy)
        {
            // Before the address: the fetch begins as soon as that is set.
            builder.AddAttribute(6, "loading", "lazy");
        }

        if (CheckedImage(Source) is { } address)
        {
            builder.AddAttribute(7, "src", address);
        }

        builder.AddAttribute(8, "alt", Alt);
        if (Width is { } width)
        {
            builder.AddAttribute(9, "width", width.ToString(CultureInfo.InvariantCulture));
        }

        if (Height is { } height)
        {
            builder.AddAttribute(10, "height", height.ToString(CultureInfo.InvariantCulture));
        }

        builder.CloseElement();
    }
}
