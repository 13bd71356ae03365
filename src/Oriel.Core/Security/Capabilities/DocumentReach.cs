using System.Collections.Frozen;
using System.Text;

namespace Oriel.Security;

/// <summary>How far a document reaches: what it may call, emit, hear, read and write.</summary>
internal sealed class DocumentReach
{
    private readonly FrozenSet<string> _capabilities = [];
    private readonly NamePatterns _commands = new([]);
    private readonly NamePatterns _events = new([]);
    private readonly NamePatterns _states = new([]);
    private readonly NamePatterns _stateWrites = new([]);
    private readonly bool _isAll;
    private readonly bool _isAllUnmarked;

    private DocumentReach(bool isAll) => (_isAll, _isAllUnmarked) = (isAll, !isAll);

    private DocumentReach(CapabilityDefinition[] capabilities)
    {
        _capabilities = capabilities.Select(static capability => capability.Name).ToFrozenSet(StringComparer.Ordinal);
        _commands = new NamePatterns(capabilities.SelectMany(static capability => capability.Commands));
        _events = new NamePatterns(capabilities.SelectMany(static capability => capability.Events));
        _stateWrites = new NamePatterns(capabilities.SelectMany(static capability => capability.StateWrites));

        // Who writes a state is told what it is when the write does not fit any more, so writing includes reading.
        _states = new NamePatterns(capabilities.SelectMany(static capability => capability.States.Concat(capability.StateWrites)));
    }

    /// <summary>All of the application: its own documents, by default.</summary>
    public static DocumentReach Everything { get; } = new(isAll: true);

    /// <summary>All but what names a capability: a foreign document that was loaded with a bridge and has no grants.</summary>
    public static DocumentReach EverythingUnmarked { get; } = new(isAll: false);

    public static DocumentReach Of(IEnumerable<CapabilityDefinition> capabilities) => new([.. capabilities]);

    /// <summary>The capabilities that are held, sorted; empty where everything may be used.</summary>
    public IEnumerable<string> Capabilities => _capabilities.Order(StringComparer.Ordinal);

    /// <param name="name">The command's name.</param>
    /// <param name="capability">What the command itself asks for; its name alone does not lead to it then.</param>
    public bool AllowsCommand(string name, string? capability) => Allows(_commands, name, capability);

    public bool AllowsEvent(string name) => Allows(_events, name, capability: null);

    /// <param name="key">The state's key.</param>
    /// <param name="write">Whether it is to be written.</param>
    /// <param name="capability">What the state itself asks for; its key alone does not lead to it then.</param>
    public bool AllowsState(string key, bool write, string? capability) => Allows(write ? _stateWrites : _states, key, capability);

    public override string ToString()
    {
        if (_isAll)
        {
            return "everything\n";
        }

        if (_isAllUnmarked)
        {
            return "everything that names no capability\n";
        }

        var text = new StringBuilder();
        Append("capability", Capabilities);
        Append("command", _commands.All);
        Append("event", _events.All);
        Append("state", _states.All);
        Append("state write", _stateWrites.All);
        return text.Length == 0 ? "nothing\n" : text.ToString();

        void Append(string kind, IEnumerable<string> names)
        {
            foreach (var name in names)
            {
                text.Append(kind).Append(' ').Append(name).Append('\n');
            }
        }
    }

    private bool Allows(NamePatterns patterns, string name, string? capability) =>
        _isAll || (capability is null ? _isAllUnmarked || patterns.Covers(name) : _capabilities.Contains(capability));
}
