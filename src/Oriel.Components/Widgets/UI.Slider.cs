using Oriel.Components.Widgets;

namespace Oriel.Components;

// Sliders.
public static partial class UI
{
    /// <summary>A number between two others, found by moving a handle.</summary>
    public static View<Slider> Slider(double min = 0, double max = 100) => Put(Put(new View<Slider>(), nameof(Widgets.Slider.Min), min), nameof(Widgets.Slider.Max), max);

    /// <summary>Sets the distance from one number to the next.</summary>
    public static View<Slider> Step(this View<Slider> view, double step) => Put(view, nameof(Widgets.Slider.Step), step);

    /// <summary>Says the number in words.</summary>
    public static View<Slider> ValueText(this View<Slider> view, Func<double, string> valueText) => Put(view, nameof(Widgets.Slider.ValueText), valueText);
}
