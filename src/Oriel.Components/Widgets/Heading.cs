using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Oriel.Components.Widgets;

/// <summary>A heading.</summary>
public sealed class Heading : Box
{
    /// <summary>Its rank: 1 to 6.</summary>
    [Parameter]
    public int Level { get; set; } = 2;

    private protected override string Element => "h" + Level.ToString(CultureInfo.InvariantCulture);

    private protected override string Classes => $"o-heading o-heading-{Level}";

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (Level is < 1 or > 6)
        {
            throw new ArgumentOutOfRangeException(nameof(Level), Level, "A heading's level is 1 to 6.");
        }
    }
}
