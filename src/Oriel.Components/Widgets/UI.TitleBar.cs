using Oriel.Components.Widgets;

namespace Oriel.Components;

// Title bars.
public static partial class UI
{
    /// <summary>The title bar of a window without decorations.</summary>
    public static View<TitleBar> TitleBar(string title, params View?[] views) => Put(new View<TitleBar>().Content(views), nameof(Widgets.TitleBar.Title), title);

    /// <summary>Is asked to close instead of the window being closed.</summary>
    public static View<TitleBar> OnClose(this View<TitleBar> view, Action handler) => Put(view, nameof(Widgets.TitleBar.OnClose), Callback(handler));
}
