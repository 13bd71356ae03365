using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components;

/// <summary>Views one after the other.</summary>
internal sealed class ViewSequence(View?[] views) : View
{
    protected internal override void Render(RenderTreeBuilder builder)
    {
        for (var index = 0; index < views.Length; index++)
        {
            if (views[index] is { } view)
            {
                // A region of its own: each view numbers what it writes from 0. A view that comes or goes leaves the others' numbers.
#pragma warning disable ASP0006 // The place in the list is what tells these regions apart, as the place in the code does elsewhere.
                builder.OpenRegion(index);
#pragma warning restore ASP0006
                view.Render(builder);
                builder.CloseRegion();
            }
        }
    }
}
