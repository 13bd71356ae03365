using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components;

/// <summary>A piece of user interface written in plain C#: which a Razor component can show as a fragment, too.</summary>
/// <remarks>
/// A description, not what is shown: it can be rendered any number of times. It belongs to the code that makes it, and is not
/// changed any more once it has been shown.
/// </remarks>
public abstract class View
{
    /// <summary>Writes the view into a render tree.</summary>
    /// <param name="builder">The tree of the component that shows the view.</param>
    protected internal abstract void Render(RenderTreeBuilder builder);

    /// <summary>Makes a text of a string. Null is nothing.</summary>
    public static implicit operator View(string? text) => new TextView(text);

    /// <summary>The view as a fragment of Razor.</summary>
    public static implicit operator RenderFragment(View view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.Render;
    }
}
