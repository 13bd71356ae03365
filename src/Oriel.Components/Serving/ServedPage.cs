namespace Oriel.Components;

/// <summary>What browsers get at an address.</summary>
/// <param name="Root">The component that every document there begins with.</param>
/// <param name="Window">The window that the program believes to have; null when it has none.</param>
internal sealed record ServedPage(RootComponent Root, Window? Window);
