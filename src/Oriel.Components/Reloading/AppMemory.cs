using System.Text.Json;

namespace Oriel.Components.Reloading;

/// <summary>What an application was showing when <c>dotnet watch</c> ended it to start it anew.</summary>
internal sealed record AppMemory
{
    /// <summary>The windows of components, by the component and its number among those that show the same.</summary>
    public IReadOnlyDictionary<string, WindowMemory> Windows { get; init; } = new Dictionary<string, WindowMemory>();

    /// <summary>The values of <c>app.State</c>, by their keys.</summary>
    public IReadOnlyDictionary<string, JsonElement> States { get; init; } = new Dictionary<string, JsonElement>();
}
