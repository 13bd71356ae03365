using Microsoft.AspNetCore.Components;
using Oriel.Components.Widgets;

namespace Oriel.Components;

// Menus.
public static partial class UI
{
    /// <summary>The menus of an application.</summary>
    public static View<MenuBar> MenuBar(params View<Menu>[] menus) => new View<MenuBar>().Content([.. menus]);

    /// <summary>A button that opens a menu.</summary>
    public static View<Menu> Menu(string title, params View?[] items) => Put(new View<Menu>().Content(items), nameof(Widgets.Menu.Title), title);

    /// <summary>An item of a menu.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="shortcut">The keys that do the same: shown, but handled by the application.</param>
    public static View<MenuItem> MenuItem(string text, string? shortcut = null) => Put(Put(new View<MenuItem>(), nameof(Widgets.MenuItem.Text), text), nameof(Widgets.MenuItem.Shortcut), shortcut);

    /// <summary>A line between the items of a menu.</summary>
    public static View<MenuDivider> MenuDivider() => new();

    /// <summary>Handles clicks.</summary>
    public static View<MenuItem> OnClick(this View<MenuItem> view, Action handler) => Put(view, nameof(Widgets.MenuItem.OnClick), Callback(handler));

    /// <summary>Handles clicks by an asynchronous function.</summary>
    public static View<MenuItem> OnClick(this View<MenuItem> view, Func<Task> handler) => Put(view, nameof(Widgets.MenuItem.OnClick), Callback(handler));

    /// <summary>Says whether it is ticked.</summary>
    public static View<MenuItem> Checked(this View<MenuItem> view, bool @checked) => Put(view, nameof(Widgets.MenuItem.Checked), @checked);

    /// <summary>Keeps it from being chosen.</summary>
    public static View<MenuItem> Disabled(this View<MenuItem> view, bool disabled = true) => Put(view, nameof(Widgets.MenuItem.Disabled), disabled);

    /// <summary>Keeps it from being opened.</summary>
    public static View<Menu> Disabled(this View<Menu> view, bool disabled = true) => Put(view, nameof(Widgets.Menu.Disabled), disabled);

    /// <summary>A menu for a view: by the right mouse button, by Shift+F10 and by the menu key.</summary>
    /// <param name="content">What the menu is for.</param>
    /// <param name="items">The items.</param>
    public static View<ContextMenu> ContextMenu(View content, params View?[] items) => Put(new View<ContextMenu>().Content(content), nameof(Widgets.ContextMenu.Items), (RenderFragment)Group(items));

    /// <summary>Says what the menu is called for people who cannot see it.</summary>
    public static View<ContextMenu> Label(this View<ContextMenu> view, string label) => Put(view, nameof(Widgets.ContextMenu.Label), label);
}
