using Oriel.Components.Widgets;

namespace Oriel.Components;

// Stacks of views.
public static partial class UI
{
    /// <summary>Puts views beside each other.</summary>
    /// <param name="views">What is inside; null is nothing.</param>
    public static View<HStack> HStack(params View?[] views) => new View<HStack>().Content(views);

    /// <summary>Puts views below each other.</summary>
    /// <param name="views">What is inside; null is nothing.</param>
    public static View<VStack> VStack(params View?[] views) => new View<VStack>().Content(views);

    /// <summary>Sets the distance between the views.</summary>
    public static View<TWidget> Spacing<TWidget>(this View<TWidget> view, Space spacing)
        where TWidget : Stack => Put(view, nameof(Widgets.Stack.Spacing), spacing);

    /// <summary>Sets where the views are across the direction.</summary>
    public static View<TWidget> Align<TWidget>(this View<TWidget> view, Alignment align)
        where TWidget : Stack => Put(view, nameof(Widgets.Stack.Align), align);

    /// <summary>Sets where the views are along the direction.</summary>
    public static View<TWidget> Justify<TWidget>(this View<TWidget> view, Justification justify)
        where TWidget : Stack => Put(view, nameof(Widgets.Stack.Justify), justify);

    /// <summary>Goes on in a further line when there is no room.</summary>
    public static View<TWidget> Wrap<TWidget>(this View<TWidget> view, bool wrap = true)
        where TWidget : Stack => Put(view, nameof(Widgets.Stack.Wrap), wrap);

    /// <summary>Takes the room that its neighbours leave.</summary>
    public static View<TWidget> Grow<TWidget>(this View<TWidget> view, bool grow = true)
        where TWidget : Stack => Put(view, nameof(Widgets.Stack.Grow), grow);
}
