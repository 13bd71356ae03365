namespace Oriel.Components.Widgets;

/// <summary>What tabs know of those around them: another value when another is shown, so that they are told.</summary>
internal sealed record TabsState(Tabs Owner, Tab? Shown);
