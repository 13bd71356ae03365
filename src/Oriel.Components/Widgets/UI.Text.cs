using Oriel.Components.Widgets;

namespace Oriel.Components;

// Text.
public static partial class UI
{
    /// <summary>A piece of text.</summary>
    public static View<Text> Text(string text) => Put(new View<Text>(), nameof(Widgets.Text.Value), text);

    /// <summary>A text that follows what a function reads.</summary>
    public static View<Text> Text(Func<string?> read) => new View<Text>().Set(nameof(Widgets.Text.Value), read);

    /// <summary>Sets what its colour says.</summary>
    public static View<Text> Tone(this View<Text> view, Tone tone) => Put(view, nameof(Widgets.Text.Tone), tone);

    /// <summary>Sets how large it is.</summary>
    public static View<Text> Size(this View<Text> view, ControlSize size) => Put(view, nameof(Widgets.Text.Size), size);

    /// <summary>Makes it a paragraph.</summary>
    public static View<Text> Paragraph(this View<Text> view, bool paragraph = true) => Put(view, nameof(Widgets.Text.Paragraph), paragraph);

    /// <summary>Makes it important.</summary>
    public static View<Text> Strong(this View<Text> view, bool strong = true) => Put(view, nameof(Widgets.Text.Strong), strong);

    /// <summary>Gives all letters one width.</summary>
    public static View<Text> Code(this View<Text> view, bool code = true) => Put(view, nameof(Widgets.Text.Code), code);
}
