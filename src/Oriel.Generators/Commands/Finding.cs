namespace Oriel.Generators;

/// <summary>All that was found at one place of the source.</summary>
/// <param name="Site">A call to take the place of.</param>
/// <param name="Class">A class to write code for.</param>
/// <param name="Listed">The commands as pages see them.</param>
/// <param name="Event">An event that is emitted or listened for.</param>
/// <param name="State">A state that is shared.</param>
/// <param name="Shapes">The types of all of these.</param>
internal sealed record Finding(
    SiteModel? Site,
    ClassModel? Class,
    EquatableArray<ListedCommand> Listed,
    EventModel? Event,
    StateModel? State,
    EquatableArray<TypeShape> Shapes);

/// <summary>A command under its whole name.</summary>
internal sealed record ListedCommand(string Name, CommandModel Command);

/// <summary>An event.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The TypeScript of its data.</param>
/// <param name="IsFromPage">Whether pages emit it.</param>
internal sealed record EventModel(string Name, string Type, bool IsFromPage);

/// <summary>A shared state.</summary>
internal sealed record StateModel(string Name, string Type, bool IsWritable);
