using System.Collections.Frozen;

namespace Oriel.Security;

/// <summary>All capabilities of an application and to whom they are granted; made when it is built, and never changed.</summary>
internal sealed class CapabilityTable
{
    private const int MaxDefinitions = 1_024;
    private const int MaxPatterns = 4_096;
    private const int MaxGrants = 1_024;

    private readonly FrozenDictionary<string, CapabilityDefinition> _definitions;
    private readonly FrozenDictionary<string, CapabilityGrant[]> _grants;

    private CapabilityTable(FrozenDictionary<string, CapabilityDefinition> definitions, FrozenDictionary<string, CapabilityGrant[]> grants)
    {
        _definitions = definitions;
        _grants = grants;
    }

    /// <exception cref="InvalidOperationException">Two definitions have one name, a grant names a capability that is not defined, or there are too many of something.</exception>
    public static CapabilityTable Create(IReadOnlyList<CapabilityDefinition> definitions, IReadOnlyList<CapabilityGrant> grants)
    {
        var byName = new Dictionary<string, CapabilityDefinition>(StringComparer.Ordinal);
        foreach (var definition in definitions)
        {
            CapabilityNames.CheckCapability(definition.Name);
            foreach (var pattern in definition.Commands.Concat(definition.Events).Concat(definition.States).Concat(definition.StateWrites))
            {
                CapabilityNames.CheckPattern(pattern);
            }

            if (!byName.TryAdd(definition.Name, definition))
            {
                throw new InvalidOperationException($"The capability \"{definition.Name}\" is defined twice, in C# or in an oriel.capabilities.json. Rename one of them.");
            }
        }

        var byOrigin = new Dictionary<string, List<CapabilityGrant>>(StringComparer.Ordinal);
        foreach (var grant in grants)
        {
            CapabilityNames.CheckGrant(grant);
            if (grant.Capabilities.FirstOrDefault(name => !byName.ContainsKey(name)) is { } unknown)
            {
                throw new InvalidOperationException($"The capability \"{unknown}\" is granted but not defined. Define it: builder.Capabilities.Define(\"{unknown}\", ...).");
            }

            var origin = grant.Origin is { } text ? CapabilityNames.CheckOrigin(text) : BridgeAddress.Origin;
            if (!byOrigin.TryGetValue(origin, out var granted))
            {
                byOrigin.Add(origin, granted = []);
            }

            granted.Add(grant);
        }

        var patterns = byName.Values.Sum(static definition => definition.Commands.Count + definition.Events.Count + definition.States.Count + definition.StateWrites.Count);
        if (byName.Count > MaxDefinitions || patterns > MaxPatterns || grants.Count > MaxGrants)
        {
            throw new InvalidOperationException($"An application has at most {MaxDefinitions} capabilities, {MaxPatterns} names and patterns in them, and {MaxGrants} grants. Use patterns such as \"scans.*\".");
        }

        return new CapabilityTable(
            byName.ToFrozenDictionary(StringComparer.Ordinal),
            byOrigin.ToFrozenDictionary(static pair => pair.Key, static pair => pair.Value.ToArray(), StringComparer.Ordinal));
    }

    public bool IsDefined(string capability) => _definitions.ContainsKey(capability);

    /// <summary>The foreign origins whose documents get a bridge in windows of a name.</summary>
    public IEnumerable<string> OriginsIn(string? window) =>
        _grants.Where(pair => pair.Key != BridgeAddress.Origin && pair.Value.Any(grant => IsFor(grant, window))).Select(static pair => pair.Key);

    /// <summary>What a document may do; null when it has no bridge.</summary>
    /// <param name="origin">The document's origin, as its isolated script states it.</param>
    /// <param name="window">The name of its window.</param>
    /// <param name="list">The window's own list, which nothing in it exceeds; null when it has none.</param>
    /// <param name="isLoadedWithBridge">Whether the host's code has loaded that origin into the window with a bridge.</param>
    public DocumentReach? Resolve(string origin, string? window, IReadOnlyList<string>? list, bool isLoadedWithBridge = false)
    {
        var grants = _grants.GetValueOrDefault(origin);
        var matching = grants?.Where(grant => IsFor(grant, window)).ToArray() ?? [];

        if (origin == BridgeAddress.Origin)
        {
            return list is not null ? Listed(list)
                : matching.Length > 0 ? Listed(matching.SelectMany(static grant => grant.Capabilities))
                : DocumentReach.Everything;
        }

        if (grants is not null && (matching.Length > 0 || isLoadedWithBridge))
        {
            // A grant narrows what loading with a bridge would give, also one that is for other windows.
            var granted = matching.SelectMany(static grant => grant.Capabilities);
            return Listed(list is null ? granted : granted.Intersect(list, StringComparer.Ordinal));
        }

        return !isLoadedWithBridge ? null
            : list is not null ? Listed(list)
            : DocumentReach.EverythingUnmarked;
    }

    private DocumentReach Listed(IEnumerable<string> capabilities) =>
        DocumentReach.Of(capabilities.Distinct(StringComparer.Ordinal).Select(name => _definitions[name]));

    private static bool IsFor(CapabilityGrant grant, string? window) => grant.Window is null || grant.Window == window;
}
