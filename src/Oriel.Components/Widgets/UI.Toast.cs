using Oriel.Components.Widgets;

namespace Oriel.Components;

// Messages.
public static partial class UI
{
    /// <summary>Where the messages of <see cref="ToastService"/> appear.</summary>
    public static View<ToastHost> ToastHost() => new();
}
