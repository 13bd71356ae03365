using Oriel.Components.Widgets;

namespace Oriel.Components;

// One of several.
public static partial class UI
{
    /// <summary>A list of options of which one is chosen.</summary>
    /// <param name="options">What can be chosen; each once.</param>
    /// <param name="text">What an option is called; its text when null.</param>
    public static View<Select<TValue>> Select<TValue>(IReadOnlyList<TValue> options, Func<TValue, string>? text = null) =>
        Put(Put(new View<Select<TValue>>(), nameof(Widgets.Select<>.Options), options), nameof(Widgets.Select<>.OptionText), text);

    /// <summary>Options of which one is chosen, all in sight.</summary>
    /// <param name="options">What can be chosen; each once.</param>
    /// <param name="text">What an option is called; its text when null.</param>
    public static View<RadioGroup<TValue>> RadioGroup<TValue>(IReadOnlyList<TValue> options, Func<TValue, string>? text = null) =>
        Put(Put(new View<RadioGroup<TValue>>(), nameof(Widgets.RadioGroup<>.Options), options), nameof(Widgets.RadioGroup<>.OptionText), text);

    /// <summary>Sets what is shown while nothing is chosen.</summary>
    public static View<Select<TValue>> Placeholder<TValue>(this View<Select<TValue>> view, string placeholder) => Put(view, nameof(Widgets.Select<>.Placeholder), placeholder);

    /// <summary>Puts the options beside each other.</summary>
    public static View<RadioGroup<TValue>> Horizontal<TValue>(this View<RadioGroup<TValue>> view, bool horizontal = true) => Put(view, nameof(Widgets.RadioGroup<>.Horizontal), horizontal);
}
