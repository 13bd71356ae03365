namespace Oriel.Generators;

/// <summary>A finding and what there is to say about it. Kept apart: code need not be written anew because a line has moved.</summary>
internal sealed record Found(Finding? Finding, EquatableArray<DiagnosticInfo> Diagnostics, EquatableArray<NamedPlace> Names)
{
    public static Found Nothing { get; } = new(null, EquatableArray<DiagnosticInfo>.Empty, EquatableArray<NamedPlace>.Empty);
}

/// <summary>Where a command, an event or a state gets its name.</summary>
/// <param name="Kind">What has the name, in the words of a diagnostic.</param>
/// <param name="Name">The whole name.</param>
/// <param name="Signature">What pages see of it: two with one signature are one to them.</param>
/// <param name="Where">The place.</param>
internal sealed record NamedPlace(string Kind, string Name, string Signature, SourceLocation? Where)
{
    public const string Command = "command";
}
