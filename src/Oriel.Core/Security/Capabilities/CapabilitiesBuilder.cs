namespace Oriel.Security;

/// <summary>Defines capabilities and grants them. What is granted when the application is built does not change any more.</summary>
/// <remarks>
/// Without a grant the app's own origin may use everything, and any other origin nothing. A grant to the app's own origin, or
/// <see cref="WindowOptions.Capabilities"/>, narrows it to what is listed; a grant to another origin gives its documents a bridge
/// for what is listed and nothing else.
/// <code>
/// builder.Capabilities
///     .Define("files", files => files.AllowCommands("scans.*", "greet").AllowEvents("progress"))
///     .GrantTo("https://example.com", window: "main", "files");
/// </code>
/// </remarks>
public sealed class CapabilitiesBuilder
{
    private readonly List<CapabilityDefinition> _definitions = [];
    private readonly List<CapabilityGrant> _grants = [];

    internal CapabilitiesBuilder()
    {
    }

    /// <summary>Defines a capability.</summary>
    /// <param name="name">1 to 64 letters, digits, or <c>. - _ :</c>.</param>
    /// <param name="configure">Says what it covers; null for one that only commands and states name themselves (<see cref="CommandOptions.Capability"/>).</param>
    /// <exception cref="ArgumentException">A name or a pattern does not fit, or there is a capability of that name already.</exception>
    public CapabilitiesBuilder Define(string name, Action<CapabilityBuilder>? configure = null)
    {
        CapabilityNames.CheckCapability(name);
        if (_definitions.Exists(other => other.Name == name))
        {
            throw new ArgumentException($"The capability \"{name}\" is defined already. Add to that definition, or choose another name.", nameof(name));
        }

        var builder = new CapabilityBuilder();
        configure?.Invoke(builder);
        _definitions.Add(builder.Build(name));
        return this;
    }

    /// <summary>Grants capabilities to the documents of an origin: they get a bridge for what is listed.</summary>
    /// <param name="origin">The origin, exactly: <c>https://example.com</c>, or <c>oriel://plugin-x</c> of <see cref="OrielApp.Origins"/>.</param>
    /// <param name="window">The name of the windows (<see cref="WindowOptions.Name"/>) in which it holds; null for all.</param>
    /// <param name="capabilities">The names of the capabilities.</param>
    /// <exception cref="ArgumentException">A name does not fit, or the origin is none.</exception>
    public CapabilitiesBuilder GrantTo(string origin, string? window, params IReadOnlyList<string> capabilities)
    {
        ArgumentNullException.ThrowIfNull(origin);
        return Add(new CapabilityGrant(CapabilityNames.CheckOrigin(origin), window, capabilities));
    }

    /// <summary>Grants capabilities to the app's own documents in windows of a name, and with that nothing else there.</summary>
    /// <param name="window">The name of the windows (<see cref="WindowOptions.Name"/>); null for all: no document may use everything then.</param>
    /// <param name="capabilities">The names of the capabilities.</param>
    /// <exception cref="ArgumentException">A name does not fit.</exception>
    public CapabilitiesBuilder GrantToApp(string? window, params IReadOnlyList<string> capabilities) => Add(new CapabilityGrant(null, window, capabilities));

    internal CapabilityTable Build() =>
        CapabilityTable.Create([.. _definitions, .. CapabilityFile.Registered.SelectMany(static file => file.Capabilities)], [.. _grants, .. CapabilityFile.Registered.SelectMany(static file => file.Grants)]);

    private CapabilitiesBuilder Add(CapabilityGrant grant)
    {
        ArgumentNullException.ThrowIfNull(grant.Capabilities, "capabilities");
        CapabilityNames.CheckGrant(grant);

        // A copy: the caller's array may change later.
        _grants.Add(grant with { Capabilities = [.. grant.Capabilities] });
        return this;
    }
}
