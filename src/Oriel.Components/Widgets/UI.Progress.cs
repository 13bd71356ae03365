using Oriel.Components.Widgets;

namespace Oriel.Components;

// What goes on.
public static partial class UI
{
    /// <summary>How far something has come.</summary>
    /// <param name="read">Reads what was done; null while nobody knows.</param>
    public static View<ProgressBar> ProgressBar(Func<double?> read) => new View<ProgressBar>().Set(nameof(Widgets.ProgressBar.Value), read);

    /// <summary>How far something has come.</summary>
    /// <param name="value">What was done; null while nobody knows.</param>
    public static View<ProgressBar> ProgressBar(double? value = null) => Put(new View<ProgressBar>(), nameof(Widgets.ProgressBar.Value), value);

    /// <summary>Sets all there is to do.</summary>
    public static View<ProgressBar> Max(this View<ProgressBar> view, double max) => Put(view, nameof(Widgets.ProgressBar.Max), max);

    /// <summary>Says what goes on.</summary>
    public static View<ProgressBar> Label(this View<ProgressBar> view, string label) => Put(view, nameof(Widgets.ProgressBar.Label), label);

    /// <summary>Says that something goes on.</summary>
    public static View<Loader> Loader(string label = "Loading") => Put(new View<Loader>(), nameof(Widgets.Loader.Label), label);

    /// <summary>Tells the label only people who cannot see the animation.</summary>
    public static View<Loader> LabelHidden(this View<Loader> view, bool labelHidden = true) => Put(view, nameof(Widgets.Loader.LabelHidden), labelHidden);

    /// <summary>Sets how large it is.</summary>
    public static View<Loader> Size(this View<Loader> view, ControlSize size) => Put(view, nameof(Widgets.Loader.Size), size);
}
