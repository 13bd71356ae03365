using Microsoft.AspNetCore.Components.Web;
using Oriel.Components.Widgets;

namespace Oriel.Components;

// A plain element.
public static partial class UI
{
    /// <summary>A plain <c>div</c>.</summary>
    /// <param name="views">What is inside; null is nothing.</param>
    public static View<Div> Div(params View?[] views) => new View<Div>().Content(views);

    /// <summary>Handles clicks.</summary>
    public static View<Div> OnClick(this View<Div> view, Action handler) => Put(view, nameof(Widgets.Div.OnClick), Callback<MouseEventArgs>(handler));

    /// <summary>Handles clicks by an asynchronous function.</summary>
    public static View<Div> OnClick(this View<Div> view, Func<Task> handler) => Put(view, nameof(Widgets.Div.OnClick), Callback<MouseEventArgs>(handler));
}
