namespace Oriel.Components.Widgets;

/// <summary>Puts things beside each other.</summary>
public sealed class HStack : Stack
{
    private protected override string Direction => "row";

    private protected override Alignment UsualAlignment => Alignment.Center;
}
