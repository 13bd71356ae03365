using Oriel.Components.Widgets;

namespace Oriel.Components;

// Controls for text.
public static partial class UI
{
    /// <summary>A line of text.</summary>
    public static View<Input> Input(string? placeholder = null) => Put(new View<Input>(), nameof(Widgets.Input.Placeholder), placeholder);

    /// <summary>Lines of text.</summary>
    public static View<TextArea> TextArea(string? placeholder = null) => Put(new View<TextArea>(), nameof(Widgets.TextArea.Placeholder), placeholder);

    /// <summary>Sets what is written into it.</summary>
    public static View<Input> Type(this View<Input> view, InputType type) => Put(view, nameof(Widgets.Input.Type), type);

    /// <summary>Sets what the browser may fill in.</summary>
    public static View<Input> Autocomplete(this View<Input> view, string autocomplete) => Put(view, nameof(Widgets.Input.Autocomplete), autocomplete);

    /// <summary>Handles Enter.</summary>
    public static View<Input> OnEnter(this View<Input> view, Action handler) => Put(view, nameof(Widgets.Input.OnEnter), Callback(handler));

    /// <summary>Handles Enter by an asynchronous function.</summary>
    public static View<Input> OnEnter(this View<Input> view, Func<Task> handler) => Put(view, nameof(Widgets.Input.OnEnter), Callback(handler));

    /// <summary>Sets how many lines are shown.</summary>
    public static View<TextArea> Rows(this View<TextArea> view, int rows) => Put(view, nameof(Widgets.TextArea.Rows), rows);

    /// <summary>Sets how many UTF-16 units the text has at most.</summary>
    public static View<TWidget> MaxLength<TWidget>(this View<TWidget> view, int maxLength)
        where TWidget : TextWidget => Put(view, nameof(Widgets.TextWidget.MaxLength), maxLength);

    /// <summary>Lets the text be selected but not changed.</summary>
    public static View<TWidget> ReadOnly<TWidget>(this View<TWidget> view, bool readOnly = true)
        where TWidget : TextWidget => Put(view, nameof(Widgets.TextWidget.ReadOnly), readOnly);

    /// <summary>Sets how many milliseconds without a further change pass until the value is told.</summary>
    public static View<TWidget> Debounce<TWidget>(this View<TWidget> view, int debounce)
        where TWidget : TextWidget => Put(view, nameof(Widgets.TextWidget.Debounce), debounce);

    /// <summary>Tells the value when the person leaves the control or presses Enter.</summary>
    public static View<TWidget> OnlyWhenDone<TWidget>(this View<TWidget> view, bool onlyWhenDone = true)
        where TWidget : TextWidget => Put(view, nameof(Widgets.TextWidget.OnlyWhenDone), onlyWhenDone);
}
