using Microsoft.CodeAnalysis;

namespace Oriel.Generators;

/// <summary>A type that cannot cross the bridge, wherever it is used.</summary>
/// <param name="Location">The member at fault, where there is one in source; otherwise the use is.</param>
internal sealed record TypeProblem(DiagnosticDescriptor Descriptor, SourceLocation? Location, params string[] Arguments)
{
    public DiagnosticInfo ToDiagnostic(SourceLocation? use) => DiagnosticInfo.Create(Descriptor, Location ?? use, Arguments);
}

/// <summary>What the generator says about types.</summary>
internal static class TypeDiagnostics
{
    private const string Category = "Oriel";

    /// <summary>The way out where a type has JSON, of which the generator does not know; <c>{0}</c> is the type.</summary>
    public const string OwnContext = "Or add [JsonSerializable(typeof({0}))] to a JsonSerializerContext and pass it to builder.Json(...).";

    public static readonly DiagnosticDescriptor Unsupported = Error(
        "ORIEL101",
        "The type cannot cross the bridge",
        "'{0}' cannot cross the bridge: {1}. {2}");

    public static readonly DiagnosticDescriptor OpenGeneric = Error(
        "ORIEL102",
        "An open generic type cannot cross the bridge",
        "'{0}' cannot cross the bridge, because what it is is not known here. Use it with a type in the place of its type parameter, in a method that is not generic.");

    public static readonly DiagnosticDescriptor MultiDimensionalArray = Error(
        "ORIEL103",
        "An array of several dimensions cannot cross the bridge",
        "'{0}' cannot cross the bridge: JSON has arrays of one dimension. Use an array of arrays. " + OwnContext);

    public static readonly DiagnosticDescriptor DictionaryKey = Error(
        "ORIEL104",
        "The key of a dictionary is not a text",
        "'{0}' cannot cross the bridge: the members of a JSON object are named by texts, and '{1}' is none. Use string, a number, an enum or Guid as the key, or a list of pairs. " + OwnContext);

    public static readonly DiagnosticDescriptor NoDerivedTypes = Error(
        "ORIEL105",
        "It is not known which types can stand here",
        "'{0}' is {1}, and it does not say which types it stands for. Add [JsonDerivedType(typeof(...), \"name\")] to it for each, or use one of them. " + OwnContext);

    public static readonly DiagnosticDescriptor NoConstructor = Warning(
        "ORIEL106",
        "The type can be sent to the page, but not read from it",
        "'{0}' can be sent to the page, but not read from it: {1}. {2} " + OwnContext);

    public static readonly DiagnosticDescriptor DuplicateName = Error(
        "ORIEL107",
        "Two members have one name in JSON",
        "'{0}' and '{1}' of '{2}' are both \"{3}\" in JSON. Give one of them another [JsonPropertyName], or leave it out by [JsonIgnore].");

    public static readonly DiagnosticDescriptor NestedStream = Error(
        "ORIEL108",
        "A stream of values is inside of a value",
        "'{0}' cannot be inside of a value: it is a parameter or the result of a command, by itself. Use a list, or a command that returns the stream.");

    public static readonly DiagnosticDescriptor Inaccessible = Error(
        "ORIEL109",
        "Generated code cannot reach the type",
        "'{0}' cannot cross the bridge: generated code cannot reach it, because {1}. Make it internal or public.");

    public static readonly DiagnosticDescriptor InaccessibleMember = Error(
        "ORIEL110",
        "Generated code cannot reach the member",
        "'{0}' of '{1}' has [{2}], but generated code cannot reach it. Make it internal or public.");

    public static readonly DiagnosticDescriptor Converter = Error(
        "ORIEL111",
        "Generated code cannot make the converter",
        "The converter '{1}' of '{0}' cannot be made: {2}. Give it a constructor without parameters that generated code can reach.");

    private static DiagnosticDescriptor Error(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message) => Create(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity) =>
        new(id, title, message, Category, severity, isEnabledByDefault: true, helpLinkUri: Descriptors.HelpLink(id));
}
