using Oriel.Components.Widgets;

namespace Oriel.Components;

// The middle.
public static partial class UI
{
    /// <summary>Puts what is inside into its middle.</summary>
    /// <param name="views">What is inside; null is nothing.</param>
    public static View<Center> Center(params View?[] views) => new View<Center>().Content(views);
}
