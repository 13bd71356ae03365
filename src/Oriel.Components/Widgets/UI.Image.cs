using Oriel.Components.Widgets;

namespace Oriel.Components;

// Images.
public static partial class UI
{
    /// <summary>An image.</summary>
    /// <param name="source">Its address.</param>
    /// <param name="alt">What it shows, for people who cannot see it; empty for one that only decorates.</param>
    public static View<Image> Image(string source, string alt = "") => Put(Put(new View<Image>(), nameof(Widgets.Image.Source), source), nameof(Widgets.Image.Alt), alt);

    /// <summary>Sets its size in pixels.</summary>
    public static View<Image> Size(this View<Image> view, int width, int height) => Put(Put(view, nameof(Widgets.Image.Width), width), nameof(Widgets.Image.Height), height);

    /// <summary>Fetches it only when it is about to be seen.</summary>
    public static View<Image> Lazy(this View<Image> view, bool lazy = true) => Put(view, nameof(Widgets.Image.Lazy), lazy);

    /// <summary>Gives it round corners.</summary>
    public static View<Image> Rounded(this View<Image> view, bool rounded = true) => Put(view, nameof(Widgets.Image.Rounded), rounded);
}
