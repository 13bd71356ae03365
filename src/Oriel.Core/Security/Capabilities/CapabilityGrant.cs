namespace Oriel.Security;

/// <summary>Gives capabilities to the documents of an origin, in windows of a name.</summary>
/// <param name="Origin">The origin, as <c>https://example.com</c>; null for the app's own.</param>
/// <param name="Window">The name of the windows (<see cref="WindowOptions.Name"/>); null for all.</param>
/// <param name="Capabilities">The names of the capabilities.</param>
public sealed record CapabilityGrant(string? Origin, string? Window, IReadOnlyList<string> Capabilities);
