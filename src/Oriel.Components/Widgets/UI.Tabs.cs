using Oriel.Components.Widgets;

namespace Oriel.Components;

// Tabs.
public static partial class UI
{
    /// <summary>Shows one of several panels.</summary>
    public static View<Tabs> Tabs(params View<Tab>[] tabs) => new View<Tabs>().Content([.. tabs]);

    /// <summary>A panel, and what its tab says.</summary>
    public static View<Tab> Tab(string title, params View?[] views) => Put(new View<Tab>().Content(views), nameof(Widgets.Tab.Title), title);

    /// <summary>Says what the tabs are about, for people who cannot see them.</summary>
    public static View<Tabs> Label(this View<Tabs> view, string label) => Put(view, nameof(Widgets.Tabs.Label), label);

    /// <summary>Sets what tells it from the others.</summary>
    public static View<Tab> Name(this View<Tab> view, string name) => Put(view, nameof(Widgets.Tab.Name), name);

    /// <summary>Keeps it from being chosen.</summary>
    public static View<Tab> Disabled(this View<Tab> view, bool disabled = true) => Put(view, nameof(Widgets.Tab.Disabled), disabled);
}
