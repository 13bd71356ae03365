using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;

namespace Oriel.Components.Rendering;

/// <summary>Puts something around what a component renders, whoever wrote the component.</summary>
/// <remarks>
/// The framework offers no such place: the fragment that every <see cref="ComponentBase"/> renders is in a private field. Should a version of the
/// framework not have it, components render all the same, but not when a state changes that they read.
/// </remarks>
internal sealed class RenderTracking(ILogger<RenderTracking> logger, RenderTracking.Field? field = null)
{
    private readonly Field _field = field ?? RenderFragmentOf;
    private int _isMissing;

    /// <summary>Finds the fragment that a component renders.</summary>
    internal delegate ref RenderFragment Field(ComponentBase component);

    /// <summary>Replaces what a component renders.</summary>
    public void Wrap(IComponent component, Func<RenderFragment, RenderFragment> wrap)
    {
        if (component is not ComponentBase known || Volatile.Read(ref _isMissing) != 0)
        {
            return;
        }

        try
        {
            ref var fragment = ref _field(known);
            fragment = wrap(fragment);
        }
        catch (MissingFieldException exception)
        {
            if (Interlocked.Exchange(ref _isMissing, 1) == 0)
            {
                logger.TrackingMissing(typeof(ComponentBase).Assembly.GetName().Version, exception);
            }
        }
    }

    /// <summary>Asks a component to render.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "StateHasChanged")]
    public static extern void StateHasChanged(ComponentBase component);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_renderFragment")]
    private static extern ref RenderFragment RenderFragmentOf(ComponentBase component);
}
