namespace Oriel.Components.Widgets;

/// <summary>Puts what is inside into its middle.</summary>
public sealed class Center : Box
{
    private protected override string Classes => "o-center";
}
