namespace Oriel.Security;

/// <summary>A named set of what documents may use.</summary>
/// <remarks>
/// Each entry is a name, or a pattern: <c>scans.*</c> covers all names that begin with <c>scans.</c>, <c>*</c> all but those
/// of the bridge itself, which begin with <c>oriel.</c> (<c>oriel.window.*</c> covers the commands behind <c>oriel.window</c>).
/// A star stands at the end, alone or behind one of <c>. : | /</c>.
/// </remarks>
/// <param name="Name">What grants call it.</param>
public sealed record CapabilityDefinition(string Name)
{
    /// <summary>The commands that may be called.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];

    /// <summary>The events that may be emitted and heard.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>The keys of the states that may be read.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>The keys of the states that may be read and written.</summary>
    public IReadOnlyList<string> StateWrites { get; init; } = [];
}
