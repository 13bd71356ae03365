using Microsoft.AspNetCore.Components.Web;
using Oriel.Components.Widgets;

namespace Oriel.Components;

// Buttons.
public static partial class UI
{
    /// <summary>A button.</summary>
    public static View<Button> Button(string text) => Put(new View<Button>(), nameof(Widgets.Button.ChildContent), Plain(text));

    /// <summary>A button whose text follows what a function reads.</summary>
    public static View<Button> Button(Func<string> read) => Put(new View<Button>(), nameof(Widgets.Button.ChildContent), Plain(read));

    /// <summary>A button that shows a view.</summary>
    public static View<Button> Button(View content) => new View<Button>().Content(content);

    /// <summary>Handles clicks.</summary>
    public static View<Button> OnClick(this View<Button> view, Action handler) => Put(view, nameof(Widgets.Button.OnClick), Callback<MouseEventArgs>(handler));

    /// <summary>Handles clicks by an asynchronous function.</summary>
    public static View<Button> OnClick(this View<Button> view, Func<Task> handler) => Put(view, nameof(Widgets.Button.OnClick), Callback<MouseEventArgs>(handler));

    /// <summary>Sets how much it asks for attention.</summary>
    public static View<Button> Variant(this View<Button> view, ButtonVariant variant) => Put(view, nameof(Widgets.Button.Variant), variant);

    /// <summary>Makes it what a person most likely wants.</summary>
    public static View<Button> Primary(this View<Button> view) => Variant(view, ButtonVariant.Primary);

    /// <summary>Makes it one that destroys something.</summary>
    public static View<Button> Danger(this View<Button> view) => Variant(view, ButtonVariant.Danger);

    /// <summary>Sets how large it is.</summary>
    public static View<Button> Size(this View<Button> view, ControlSize size) => Put(view, nameof(Widgets.Button.Size), size);

    /// <summary>Sets what it does with the form around it.</summary>
    public static View<Button> Type(this View<Button> view, ButtonType type) => Put(view, nameof(Widgets.Button.Type), type);

    /// <summary>Says whether what it began is still going on.</summary>
    public static View<Button> Busy(this View<Button> view, bool busy = true) => Put(view, nameof(Widgets.Button.Busy), busy);

    /// <summary>Says whether what it began is still going on, as a function reads it.</summary>
    public static View<Button> Busy(this View<Button> view, Func<bool> read)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.Set(nameof(Widgets.Button.Busy), read);
    }

    /// <summary>Says whether it is pressed in.</summary>
    public static View<Button> Pressed(this View<Button> view, bool pressed) => Put(view, nameof(Widgets.Button.Pressed), pressed);
}
