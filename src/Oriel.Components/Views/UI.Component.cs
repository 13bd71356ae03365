using Microsoft.AspNetCore.Components;

namespace Oriel.Components;

// What is no widget: components of others, and fragments of Razor.
public static partial class UI
{
    /// <summary>Shows a component: any, of Razor or of C#.</summary>
    /// <typeparam name="TComponent">The component.</typeparam>
    public static View<TComponent> Component<TComponent>()
        where TComponent : IComponent => new();

    /// <summary>Shows a fragment of Razor.</summary>
    public static View Fragment(RenderFragment fragment)
    {
        ArgumentNullException.ThrowIfNull(fragment);
        return new FragmentView(fragment);
    }

    /// <summary>Shows views one after the other, with nothing around them.</summary>
    /// <param name="views">The views; null is nothing.</param>
    public static View Group(params View?[] views)
    {
        ArgumentNullException.ThrowIfNull(views);
        return new ViewSequence([.. views]);
    }
}
