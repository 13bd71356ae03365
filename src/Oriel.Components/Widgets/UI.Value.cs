using Microsoft.AspNetCore.Components;
using Oriel.Components.Widgets;

namespace Oriel.Components;

// Values, and states that hold them.
public static partial class UI
{
    /// <summary>Sets the value.</summary>
    public static View<TWidget> Value<TWidget, TValue>(this View<TWidget> view, TValue value)
        where TWidget : ValueWidget<TValue> => Put(view, nameof(ValueWidget<>.Value), value);

    /// <summary>Is told of a new value.</summary>
    public static View<TWidget> OnChange<TWidget, TValue>(this View<TWidget> view, Action<TValue> handler)
        where TWidget : ValueWidget<TValue> => Put(view, nameof(ValueWidget<>.ValueChanged), Callback(handler));

    /// <summary>Names the control for people who cannot see it.</summary>
    public static View<TWidget> Label<TWidget>(this View<TWidget> view, string label)
        where TWidget : Control => Put(view, "Label", label);

    /// <summary>Holds the value in a state: both ways.</summary>
    /// <param name="view">The control.</param>
    /// <param name="state">Holds the value.</param>
    public static View<TWidget> Bind<TWidget, TValue>(this View<TWidget> view, State<TValue> state)
        where TWidget : ValueWidget<TValue>
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(state);
        return OnChange(view.Set(nameof(ValueWidget<>.Value), () => state.Value), (TValue value) => state.Value = value);
    }

    /// <summary>Holds in a state whether it is open: both ways.</summary>
    public static View<Modal> Bind(this View<Modal> view, State<bool> open) => BindOpen(view, open);

    /// <summary>Holds in a state whether it is asked: both ways.</summary>
    public static View<Dialog> Bind(this View<Dialog> view, State<bool> open) => BindOpen(view, open);

    /// <summary>Holds in a state which tab is shown: both ways.</summary>
    public static View<Tabs> Bind(this View<Tabs> view, State<string?> active)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(active);
        return Put(view.Set(nameof(Widgets.Tabs.Active), () => active.Value), nameof(Widgets.Tabs.ActiveChanged), Callback<string?>(value => active.Value = value));
    }

    private static View<TWidget> BindOpen<TWidget>(View<TWidget> view, State<bool> open)
        where TWidget : IComponent
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(open);
        return Put(view.Set(nameof(Widgets.Modal.Open), () => open.Value), nameof(Widgets.Modal.OpenChanged), Callback<bool>(value => open.Value = value));
    }
}
