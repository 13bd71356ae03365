using Oriel.Components.Widgets;

namespace Oriel.Components;

// What is larger than its room.
public static partial class UI
{
    /// <summary>Scrolls what is larger than its room.</summary>
    /// <param name="views">What is inside; null is nothing.</param>
    public static View<Scroll> Scroll(params View?[] views) => new View<Scroll>().Content(views);

    /// <summary>Sets how high it becomes.</summary>
    public static View<Scroll> MaxHeight(this View<Scroll> view, Length maxHeight) => Put(view, nameof(Widgets.Scroll.MaxHeight), maxHeight);

    /// <summary>Says what is inside, for people who cannot see it.</summary>
    public static View<Scroll> Label(this View<Scroll> view, string label) => Put(view, nameof(Widgets.Scroll.Label), label);
}
