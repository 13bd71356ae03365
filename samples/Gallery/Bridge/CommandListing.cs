using Oriel;

namespace Gallery.Bridge;

/// <summary>What there is to call.</summary>
[Commands("commands")]
internal sealed class CommandListing(CommandRegistry commands)
{
    /// <summary>Lists the commands of this application.</summary>
    [Command(Example = "{}")]
    public IReadOnlyList<CommandDescription> List() =>
    [
        .. commands.All.Select(static command => new CommandDescription(
            command.Name,
            command.Options.Description,
            command.Options.Example,
            command.Options.Thread,
            command.Options.IsStream)),
    ];
}
