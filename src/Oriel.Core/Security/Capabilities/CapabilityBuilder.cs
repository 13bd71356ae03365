namespace Oriel.Security;

/// <summary>Says what a capability covers. Entries are names or patterns; see <see cref="CapabilityDefinition"/>.</summary>
public sealed class CapabilityBuilder
{
    private readonly List<string> _commands = [];
    private readonly List<string> _events = [];
    private readonly List<string> _states = [];
    private readonly List<string> _stateWrites = [];

    internal CapabilityBuilder()
    {
    }

    /// <summary>Adds commands, which may be called.</summary>
    public CapabilityBuilder AllowCommands(params IReadOnlyList<string> names) => Add(_commands, names);

    /// <summary>Adds events, which may be emitted and heard.</summary>
    public CapabilityBuilder AllowEvents(params IReadOnlyList<string> names) => Add(_events, names);

    /// <summary>Adds states, which may be read.</summary>
    public CapabilityBuilder AllowStates(params IReadOnlyList<string> keys) => Add(_states, keys);

    /// <summary>Adds states, which may be read and written.</summary>
    public CapabilityBuilder AllowStateWrites(params IReadOnlyList<string> keys) => Add(_stateWrites, keys);

    internal CapabilityDefinition Build(string name) =>
        new(name) { Commands = [.. _commands], Events = [.. _events], States = [.. _states], StateWrites = [.. _stateWrites] };

    private CapabilityBuilder Add(List<string> patterns, IReadOnlyList<string> added)
    {
        ArgumentNullException.ThrowIfNull(added);
        foreach (var pattern in added)
        {
            CapabilityNames.CheckPattern(pattern);
        }

        patterns.AddRange(added);
        return this;
    }
}
