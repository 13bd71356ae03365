using Microsoft.AspNetCore.Components.Web;
using Oriel.Components.Widgets;

namespace Oriel.Components;

// Links.
public static partial class UI
{
    /// <summary>A link.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="href">Where it leads.</param>
    public static View<Link> Link(string text, string href) => Put(Put(new View<Link>(), nameof(Widgets.Link.Text), text), nameof(Widgets.Link.Href), href);

    /// <summary>Leads out of the application.</summary>
    public static View<Link> External(this View<Link> view, bool external = true) => Put(view, nameof(Widgets.Link.External), external);

    /// <summary>Handles clicks.</summary>
    public static View<Link> OnClick(this View<Link> view, Action handler) => Put(view, nameof(Widgets.Link.OnClick), Callback<MouseEventArgs>(handler));

    /// <summary>Handles clicks by an asynchronous function.</summary>
    public static View<Link> OnClick(this View<Link> view, Func<Task> handler) => Put(view, nameof(Widgets.Link.OnClick), Callback<MouseEventArgs>(handler));
}
