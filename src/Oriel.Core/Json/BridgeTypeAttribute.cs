namespace Oriel;

/// <summary>Says that the type argument crosses the bridge: Oriel's generator writes the JSON metadata of every type that is given.</summary>
[AttributeUsage(AttributeTargets.GenericParameter)]
public sealed class BridgeTypeAttribute : Attribute;
