namespace Oriel.Components.Widgets;

/// <summary>What the items of an open menu know of it.</summary>
/// <param name="CloseAsync">Closes it, and gives the focus back if told so.</param>
internal sealed record MenuContext(Func<bool, Task> CloseAsync);
