using Oriel.Components.Widgets;

namespace Oriel.Components;

// Badges.
public static partial class UI
{
    /// <summary>A word or a number beside something.</summary>
    public static View<Badge> Badge(string text) => Put(new View<Badge>(), nameof(Widgets.Badge.ChildContent), Plain(text));

    /// <summary>A word or a number that follows what a function reads.</summary>
    public static View<Badge> Badge(Func<string> read) => Put(new View<Badge>(), nameof(Widgets.Badge.ChildContent), Plain(read));

    /// <summary>Sets what its colour says.</summary>
    public static View<Badge> Tone(this View<Badge> view, Tone tone) => Put(view, nameof(Widgets.Badge.Tone), tone);
}
