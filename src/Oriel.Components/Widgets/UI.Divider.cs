using Oriel.Components.Widgets;

namespace Oriel.Components;

// Lines.
public static partial class UI
{
    /// <summary>A line between two things.</summary>
    public static View<Divider> Divider() => new();

    /// <summary>Stands between things that are beside each other.</summary>
    public static View<Divider> Vertical(this View<Divider> view, bool vertical = true) => Put(view, nameof(Widgets.Divider.Vertical), vertical);
}
