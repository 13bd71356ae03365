using Microsoft.AspNetCore.Components;
using Oriel.Components.Widgets;

namespace Oriel.Components;

// Frames.
public static partial class UI
{
    /// <summary>A frame around things that belong together.</summary>
    /// <param name="views">What is inside; null is nothing.</param>
    public static View<Card> Card(params View?[] views) => new View<Card>().Content(views);

    /// <summary>Sets the heading.</summary>
    public static View<Card> Title(this View<Card> view, string title) => Put(view, nameof(Widgets.Card.Title), title);

    /// <summary>Sets the heading's rank: 1 to 6.</summary>
    public static View<Card> TitleLevel(this View<Card> view, int titleLevel) => Put(view, nameof(Widgets.Card.TitleLevel), titleLevel);

    /// <summary>Sets what stands at the end.</summary>
    public static View<Card> Footer(this View<Card> view, params View?[] views) => Put(view, nameof(Widgets.Card.Footer), (RenderFragment)Group(views));
}
