namespace Oriel.Engines;

/// <summary>A navigation that is about to begin.</summary>
/// <param name="Address">Where to.</param>
/// <param name="IsTopFrame">Whether it replaces the window's document.</param>
/// <param name="IsUserGesture">Whether the user's click or key led to it.</param>
public readonly record struct NavigationRequest(string Address, bool IsTopFrame, bool IsUserGesture);
