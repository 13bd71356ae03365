namespace Oriel;

/// <summary>Commands that are reached under a prefix, by their own names.</summary>
internal interface ICommandSource
{
    /// <summary>The names of those that can be called now.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>What answers a call; null when there is no such command.</summary>
    Command? Find(string name);
}
