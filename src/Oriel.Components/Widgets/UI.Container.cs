using Oriel.Components.Widgets;

namespace Oriel.Components;

// A column with a margin.
public static partial class UI
{
    /// <summary>A column with a margin, in the middle of a wide window.</summary>
    /// <param name="views">What is inside; null is nothing.</param>
    public static View<Container> Container(params View?[] views) => new View<Container>().Content(views);

    /// <summary>Sets the distance between the edge and what is inside.</summary>
    public static View<Container> Padding(this View<Container> view, Space padding) => Put(view, nameof(Widgets.Container.Padding), padding);

    /// <summary>Sets how wide it becomes.</summary>
    public static View<Container> MaxWidth(this View<Container> view, Length maxWidth) => Put(view, nameof(Widgets.Container.MaxWidth), maxWidth);
}
