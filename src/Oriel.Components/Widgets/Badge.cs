using Microsoft.AspNetCore.Components;

namespace Oriel.Components.Widgets;

/// <summary>A word or a number beside something.</summary>
public sealed class Badge : Box
{
    /// <summary>What its colour says. The words have to say it as well.</summary>
    [Parameter]
    public Tone Tone { get; set; }

    private protected override string Element => "span";

    private protected override string Classes => $"o-badge o-badge-{Tone.Lower()}";
}
