using Microsoft.AspNetCore.Components;
using Oriel.Components.Widgets;

namespace Oriel.Components;

// What settings of widgets have in common.
public static partial class UI
{
    // A string would become a view where a parameter takes one.
    internal static View<TWidget> Put<TWidget>(View<TWidget> view, string parameter, object? value)
        where TWidget : IComponent
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.Set(parameter, value);
    }

    // A component that handles an event in its own code is rendered after it, as it is in Razor.
    internal static EventCallback<T> Callback<T>(Action handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new EventCallback<T>(handler.Target as IHandleEvent, handler);
    }

    internal static EventCallback<T> Callback<T>(Func<Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new EventCallback<T>(handler.Target as IHandleEvent, handler);
    }

    internal static EventCallback<T> Callback<T>(Action<T> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new EventCallback<T>(handler.Target as IHandleEvent, handler);
    }

    internal static EventCallback Callback(Action handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new EventCallback(handler.Target as IHandleEvent, handler);
    }

    internal static EventCallback Callback(Func<Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new EventCallback(handler.Target as IHandleEvent, handler);
    }

    internal static RenderFragment Plain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return builder => builder.AddContent(0, text);
    }

    // What only shows a text of a function is as much of it as is rendered again.
    internal static RenderFragment Plain(Func<string> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return new View<Text>().Set(nameof(Widgets.Text.Value), read);
    }
}
