using Microsoft.AspNetCore.Components;

namespace Oriel.Components.Widgets;

/// <summary>Puts things one after the other.</summary>
public abstract class Stack : Box
{
    /// <summary>The distance between them.</summary>
    [Parameter]
    public Space Spacing { get; set; } = Space.Medium;

    /// <summary>Where they are across the direction.</summary>
    [Parameter]
    public Alignment? Align { get; set; }

    /// <summary>Where they are along the direction.</summary>
    [Parameter]
    public Justification Justify { get; set; }

    /// <summary>Whether they go on in a further line when there is no room.</summary>
    [Parameter]
    public bool Wrap { get; set; }

    /// <summary>Whether the stack takes the room that its neighbours leave.</summary>
    [Parameter]
    public bool Grow { get; set; }

    private protected abstract string Direction { get; }

    private protected abstract Alignment UsualAlignment { get; }

    private protected override string Classes =>
        $"o-stack o-{Direction} o-gap-{Spacing.Lower()} o-align-{(Align ?? UsualAlignment).Lower()}"
        + (Justify == Justification.Start ? "" : $" o-justify-{Justify.Lower()}") + (Wrap ? " o-wrap" : "") + (Grow ? " o-grow" : "");
}
