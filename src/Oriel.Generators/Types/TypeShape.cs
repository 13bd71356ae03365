namespace Oriel.Generators;

/// <summary>What the generator writes for one type: its JSON metadata and its TypeScript declaration.</summary>
/// <param name="CSharp">How generated C# writes the type; no two shapes share it.</param>
/// <param name="Json">The metadata, or null where a context of the application has it, or nothing can.</param>
/// <param name="Declaration">The declaration, or null where TypeScript writes the type in place.</param>
internal sealed record TypeShape(string CSharp, JsonShape? Json, TypeDeclaration? Declaration);

/// <summary>How System.Text.Json is told about a type.</summary>
internal abstract record JsonShape;

/// <summary>A value with a converter of its own.</summary>
/// <param name="Converter">A C# expression; <c>options</c> is in scope.</param>
internal sealed record JsonValueShape(string Converter) : JsonShape;

/// <summary>An array, a list, a set, a dictionary.</summary>
/// <param name="Method">The method of <c>JsonMetadataServices</c> that describes it, with its type arguments.</param>
/// <param name="InfoType">The type that <c>JsonCollectionInfoValues</c> is given.</param>
/// <param name="Creator">An expression that makes an empty one, or null where System.Text.Json knows how, or nobody does.</param>
/// <param name="Range">A method that makes one of its elements, for immutable collections.</param>
internal sealed record JsonCollectionShape(string Method, string InfoType, string? Creator, string? Range) : JsonShape;

/// <summary>An object with members.</summary>
/// <param name="IsValueType">Whether setters have to write into the box.</param>
/// <param name="Creator">An expression that makes an empty one.</param>
/// <param name="Parameters">The parameters of the constructor that makes it of its members; used where there is no <paramref name="Creator"/>.</param>
/// <param name="HasConstructor">Whether <paramref name="Parameters"/> are those of a constructor.</param>
/// <param name="ConstructorAccessor">How to call the constructor where <c>required</c> members keep the compiler from doing so.</param>
/// <param name="Settings">Statements about the type's metadata; <c>info</c> is in scope.</param>
internal sealed record JsonObjectShape(
    bool IsValueType,
    string? Creator,
    bool HasConstructor,
    EquatableArray<JsonParameterShape> Parameters,
    JsonAccessor? ConstructorAccessor,
    EquatableArray<JsonMemberShape> Members,
    string? NumberHandling,
    EquatableArray<string> Settings) : JsonShape;

/// <summary>A parameter of a constructor.</summary>
internal sealed record JsonParameterShape(string Name, string CSharp, string? Default, bool IsNullable);

/// <summary>A property or field.</summary>
/// <param name="Name">The member's name in C#.</param>
/// <param name="CSharp">Its type.</param>
/// <param name="DeclaringType">The type that declares it.</param>
/// <param name="Setter">How it is set: by assignment, or through an accessor because it is init-only; null where it cannot be.</param>
internal sealed record JsonMemberShape(
    string Name,
    string CSharp,
    string DeclaringType,
    bool IsProperty,
    bool IsVirtual,
    bool HasInclude,
    bool HasGetter,
    bool IsSettable,
    JsonAccessor? Setter,
    string? JsonName,
    string? Converter,
    string? NumberHandling,
    int? IgnoreCondition,
    bool IsExtensionData,
    bool IsRequired,
    bool IsReference,
    bool IsGetNullable,
    bool IsSetNullable,
    int Order,
    string? CreationHandling);

/// <summary>A method that C# cannot call in the way in which generated code has to: an init-only setter, a constructor of a type with required members.</summary>
/// <param name="Owner">The declaring type as it is declared, with its type parameters, and what identifies the class of its accessors.</param>
/// <param name="TypeParameters">Its type parameters: <c>&lt;T, U&gt;</c> or nothing.</param>
/// <param name="TypeArguments">What they are here.</param>
/// <param name="Constraints">Their constraints.</param>
/// <param name="IsValueType">Whether the target is passed by reference.</param>
/// <param name="Name">The method's name; <c>.ctor</c> for a constructor.</param>
/// <param name="Parameters">The types of its parameters, as declared.</param>
internal sealed record JsonAccessor(
    string Owner,
    string TypeParameters,
    string TypeArguments,
    string Constraints,
    bool IsValueType,
    string Name,
    EquatableArray<string> Parameters);
