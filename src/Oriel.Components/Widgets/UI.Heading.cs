using Oriel.Components.Widgets;

namespace Oriel.Components;

// Headings.
public static partial class UI
{
    /// <summary>A heading.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="level">Its rank: 1 to 6.</param>
    public static View<Heading> Heading(string text, int level = 2) => Put(Put(new View<Heading>(), nameof(Widgets.Heading.ChildContent), Plain(text)), nameof(Widgets.Heading.Level), level);
}
