namespace Oriel;

/// <summary>All commands whose names begin alike, and come and go without being added one by one.</summary>
internal interface ICommandRoute
{
    /// <summary>What the names begin with.</summary>
    string Prefix { get; }

    /// <summary>Those that can be called now.</summary>
    IEnumerable<Command> All { get; }

    /// <summary>What answers a call, were it to say why there is no such command; null leaves that to the bridge.</summary>
    Command? Find(string name);
}
