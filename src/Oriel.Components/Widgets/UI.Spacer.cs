using Oriel.Components.Widgets;

namespace Oriel.Components;

// Room between views.
public static partial class UI
{
    /// <summary>Takes the room that its neighbours in a stack leave.</summary>
    public static View<Spacer> Spacer() => new();
}
