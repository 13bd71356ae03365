using Microsoft.AspNetCore.Components;

namespace Oriel.Components;

/// <summary>What a tree of components begins with.</summary>
/// <param name="Type">The component.</param>
/// <param name="Parameters">Its parameters.</param>
internal sealed record RootComponent(Type Type, IReadOnlyDictionary<string, object?> Parameters)
{
    public ParameterView View => ParameterView.FromDictionary(Parameters.ToDictionary());
}
