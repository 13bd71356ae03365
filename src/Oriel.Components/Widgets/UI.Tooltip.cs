using Oriel.Components.Widgets;

namespace Oriel.Components;

// Hints.
public static partial class UI
{
    /// <summary>A hint for a control.</summary>
    /// <param name="text">The hint.</param>
    /// <param name="control">The control.</param>
    public static View<Tooltip> Tooltip(string text, View control) => Put(new View<Tooltip>().Content(control), nameof(Widgets.Tooltip.Text), text);
}
