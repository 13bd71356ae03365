namespace Oriel;

/// <summary>The commands of a back end that is no plug-in: <c>backend.frames</c>.</summary>
internal sealed class BackendRoute(string prefix, BackendProxy proxy) : ICommandRoute
{
    public string Prefix => prefix;

    public IEnumerable<Command> All => proxy.Names.Select(name => new Command(prefix + name, proxy.Find(name)!.Handler, new CommandOptions()));

    public Command? Find(string name) => proxy.Find(name[prefix.Length..]);
}
