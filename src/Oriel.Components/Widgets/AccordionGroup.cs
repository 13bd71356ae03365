namespace Oriel.Components.Widgets;

/// <summary>The name that sections share of which one is open at a time; null where any may be.</summary>
internal sealed record AccordionGroup(string? Name);
