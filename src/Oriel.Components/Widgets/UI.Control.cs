using Oriel.Components.Widgets;

namespace Oriel.Components;

// What controls have in common.
public static partial class UI
{
    /// <summary>Takes the use from it.</summary>
    public static View<TWidget> Disabled<TWidget>(this View<TWidget> view, bool disabled = true)
        where TWidget : Control => Put(view, nameof(Widgets.Control.Disabled), disabled);

    /// <summary>Takes the use from it while a function says so.</summary>
    public static View<TWidget> Disabled<TWidget>(this View<TWidget> view, Func<bool> read)
        where TWidget : Control
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.Set(nameof(Control.Disabled), read);
    }
}
