using Oriel.Components.Widgets;

namespace Oriel.Components;

// Labels.
public static partial class UI
{
    /// <summary>Names a control.</summary>
    /// <param name="text">The name.</param>
    /// <param name="controlId">The id of the control.</param>
    public static View<Label> Label(string text, string? controlId = null) => Put(Put(new View<Label>(), nameof(Widgets.Label.ChildContent), Plain(text)), nameof(Widgets.Label.For), controlId);

    /// <summary>A control with its label, a help text, and what is wrong with its value.</summary>
    /// <param name="label">The name.</param>
    /// <param name="control">The control.</param>
    public static View<Field> Field(string label, View control) => Put(new View<Field>().Content(control), nameof(Widgets.Field.Label), label);

    /// <summary>Says what to write, in a sentence.</summary>
    public static View<Field> Help(this View<Field> view, string help) => Put(view, nameof(Widgets.Field.Help), help);

    /// <summary>Says what is wrong, as a function reads it; null while nothing is.</summary>
    public static View<Field> Error(this View<Field> view, Func<string?> read)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.Set(nameof(Widgets.Field.Error), read);
    }

    /// <summary>Says that it must be filled.</summary>
    public static View<Field> Required(this View<Field> view, bool required = true) => Put(view, nameof(Widgets.Field.Required), required);
}
