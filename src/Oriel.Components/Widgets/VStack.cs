namespace Oriel.Components.Widgets;

/// <summary>Puts things below each other.</summary>
public sealed class VStack : Stack
{
    private protected override string Direction => "column";

    private protected override Alignment UsualAlignment => Alignment.Stretch;
}
