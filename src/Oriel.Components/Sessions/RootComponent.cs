using Microsoft.AspNetCore.Components;

namespace Oriel.Components;

/// <summary>What a tree of components begins with.</summary>
/// <param name="Type">The component.</param>
/// <param name="Parameters">Its parameters.</param>
internal sealed record RootComponent(Type Type, IReadOnlyDictionary<string, object?> Parameters)
{
    /// <summary>A component with a copy of its parameters, which stay the caller's.</summary>
    public static RootComponent Of<TComponent>(IDictionary<string, object?>? parameters)
        where TComponent : IComponent => new(typeof(TComponent), parameters is null ? new Dictionary<string, object?>() : new Dictionary<string, object?>(parameters));

    public ParameterView View => ParameterView.FromDictionary(Parameters.ToDictionary());
}
