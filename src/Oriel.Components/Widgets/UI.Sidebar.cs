using Microsoft.AspNetCore.Components;
using Oriel.Components.Widgets;

namespace Oriel.Components;

// The places of an application.
public static partial class UI
{
    /// <summary>The places of an application, at its side.</summary>
    public static View<Sidebar> Sidebar(params View?[] items) => new View<Sidebar>().Content(items);

    /// <summary>A place of the application.</summary>
    public static View<SidebarItem> SidebarItem(string text, string href) => Put(Put(new View<SidebarItem>(), nameof(Widgets.SidebarItem.ChildContent), Plain(text)), nameof(Widgets.SidebarItem.Href), href);

    /// <summary>Counts pages below the address as the page.</summary>
    public static View<SidebarItem> IncludesBelow(this View<SidebarItem> view, bool includesBelow = true) => Put(view, nameof(Widgets.SidebarItem.IncludesBelow), includesBelow);

    /// <summary>Sets what stands above the items.</summary>
    public static View<Sidebar> Header(this View<Sidebar> view, params View?[] views) => Put(view, nameof(Widgets.Sidebar.Header), (RenderFragment)Group(views));

    /// <summary>Sets what stands below the items.</summary>
    public static View<Sidebar> Footer(this View<Sidebar> view, params View?[] views) => Put(view, nameof(Widgets.Sidebar.Footer), (RenderFragment)Group(views));
}
