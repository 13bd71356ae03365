namespace Oriel.Components.Widgets;

/// <summary>A message that goes by itself; shown by a <see cref="ToastHost"/>.</summary>
/// <param name="Text">What it says.</param>
public sealed record Toast(string Text)
{
    /// <summary>What its colour says. A message of <see cref="Tone.Danger"/> interrupts those who listen to the page.</summary>
    public Tone Tone { get; init; }

    /// <summary>How long it is shown while the pointer is not over it; for ever when zero.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What its button says; none when null.</summary>
    public string? ActionText { get; init; }

    /// <summary>What its button does.</summary>
    public Action? Action { get; init; }

    internal string Key { get; } = ElementIds.Next();
}
