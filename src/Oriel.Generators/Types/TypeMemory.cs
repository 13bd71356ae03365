using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace Oriel.Generators;

/// <summary>Remembers types from one compilation of a project to the next, in which most often only the body of a method is another.</summary>
/// <remarks>Asking the compiler for the members of a type that it has not looked at yet is what a generator's time goes into.</remarks>
internal sealed class TypeMemory
{
    // Of so many projects at once; an editor has that many open at most, and what is forgotten is found out again.
    private const int MaxProjects = 64;

    // While a line is typed every state of it may use another type.
    private const int MaxTypes = 16_384;

    private static readonly ConcurrentDictionary<string, TypeMemory> s_projects = new(StringComparer.Ordinal);

    private static readonly SymbolDisplayFormat s_key = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.IncludeNotNullableReferenceTypeModifier);

    private readonly Declarations _declarations;
    private readonly ConcurrentDictionary<string, RememberedType> _types = new(StringComparer.Ordinal);

    private TypeMemory(Declarations declarations) => _declarations = declarations;

    /// <summary>The memory for a compilation: that of the one before where both declare the same.</summary>
    public static TypeMemory Of(Compilation compilation, CancellationToken cancellationToken)
    {
        var declarations = Declarations.Of(compilation, cancellationToken);
        var project = compilation.AssemblyName ?? "";
        if (s_projects.TryGetValue(project, out var memory) && memory._declarations.AreThoseOf(declarations))
        {
            return memory;
        }

        if (s_projects.Count >= MaxProjects)
        {
            s_projects.Clear();
        }

        return s_projects[project] = new TypeMemory(declarations);
    }

    public bool TryGet(ITypeSymbol type, out RememberedType remembered) => _types.TryGetValue(Key(type), out remembered!);

    public void Remember(ITypeSymbol type, RememberedType remembered)
    {
        if (_types.Count >= MaxTypes)
        {
            _types.Clear();
        }

        _types[Key(type)] = remembered;
    }

    private static string Key(ITypeSymbol type) => type.ToDisplayString(s_key);
}

/// <summary>A type with all that it holds. Nothing is wrong with it: what is wrong has a place, which moves.</summary>
internal sealed record RememberedType(TypeUse Use, IReadOnlyList<TypeShape> Shapes);
