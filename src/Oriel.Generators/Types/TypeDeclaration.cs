namespace Oriel.Generators;

/// <summary>What TypeScript declares for a type, once for all of its closed forms.</summary>
/// <remarks>
/// Types are named in type expressions by <see cref="Reference"/>, because which name is free is known only when all types are.
/// </remarks>
/// <param name="Id">The type's full name with its arity: no two declarations share it.</param>
/// <param name="Name">Its own name in C#.</param>
/// <param name="Arity">How many type parameters it has.</param>
/// <param name="Doc">What its documentation comment says.</param>
internal abstract record TypeDeclaration(string Id, string Name, int Arity, string Doc)
{
    // No type expression and no name has these characters.
    public const string ReferenceStart = "\u0001";
    public const string ReferenceEnd = "\u0002";

    /// <summary>How a type expression names the type of this id until names are known.</summary>
    public static string Reference(string id) => ReferenceStart + id + ReferenceEnd;
}

/// <summary>An interface.</summary>
internal sealed record ObjectDeclaration(
    string Id,
    string Name,
    string Doc,
    EquatableArray<string> TypeParameters,
    EquatableArray<PropertyDeclaration> Properties,
    string? Index) : TypeDeclaration(Id, Name, TypeParameters.Count, Doc);

/// <summary>A property of an interface.</summary>
internal sealed record PropertyDeclaration(string Name, string Type, bool IsOptional, bool IsReadOnly, string Doc);

/// <summary>An enum: values by name or by number; of flags also their sums.</summary>
internal sealed record EnumDeclaration(string Id, string Name, string Doc, bool IsNumeric, bool IsFlags, EquatableArray<EnumValueDeclaration> Values)
    : TypeDeclaration(Id, Name, 0, Doc);

/// <summary>A value of an enum.</summary>
/// <param name="Name">Its name in C#.</param>
/// <param name="Json">What JSON has: the text, or the digits of a number.</param>
internal sealed record EnumValueDeclaration(string Name, string Json, string Doc);

/// <summary>A type that is one of several.</summary>
/// <param name="Base">What the base type itself has, where it is a case: an interface beside the union.</param>
internal sealed record UnionDeclaration(
    string Id,
    string Name,
    string Doc,
    EquatableArray<string> TypeParameters,
    string Discriminator,
    EquatableArray<UnionCaseDeclaration> Cases,
    ObjectDeclaration? Base) : TypeDeclaration(Id, Name, TypeParameters.Count, Doc);

/// <summary>A case of a union.</summary>
/// <param name="Tag">What the discriminator is: JSON, or null where the case has none.</param>
internal sealed record UnionCaseDeclaration(string? Tag, string Type);

/// <summary>Another name for a type.</summary>
internal sealed record AliasDeclaration(string Id, string Name, string Doc, string Type) : TypeDeclaration(Id, Name, 0, Doc);
