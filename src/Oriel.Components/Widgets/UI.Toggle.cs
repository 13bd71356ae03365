using Oriel.Components.Widgets;

namespace Oriel.Components;

// What is on or off.
public static partial class UI
{
    /// <summary>A box that is ticked or not.</summary>
    public static View<Checkbox> Checkbox(string label) => Put(new View<Checkbox>(), nameof(Widgets.Checkbox.Label), label);

    /// <summary>Switches something on and off.</summary>
    public static View<Switch> Switch(string label) => Put(new View<Switch>(), nameof(Widgets.Switch.Label), label);
}
