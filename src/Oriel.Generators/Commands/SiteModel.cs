namespace Oriel.Generators;

/// <summary>What a call that generated code takes the place of does.</summary>
internal enum SiteKind
{
    MapHandler,
    ExposeHandler,
    ExposeNamedHandler,
    MapClass,
    MapInstance,
    ExposeObject,
}

/// <summary>A call that generated code takes the place of.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Attribute">The attribute that names the place, as the compiler wants it.</param>
/// <param name="Command">The handler, where it has one.</param>
/// <param name="ClassId">The class, where it has one.</param>
/// <param name="ClassCSharp">How C# names that class.</param>
internal sealed record SiteModel(SiteKind Kind, string Attribute, CommandModel? Command, string ClassId, string ClassCSharp);
