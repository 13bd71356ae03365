using Microsoft.CodeAnalysis;

namespace Oriel.Generators;

/// <summary>A diagnostic to be reported, as a model that can be compared.</summary>
internal sealed record DiagnosticInfo(DiagnosticDescriptor Descriptor, SourceLocation? Location, EquatableArray<string> Arguments)
{
    public static DiagnosticInfo Create(DiagnosticDescriptor descriptor, SourceLocation? location, params string[] arguments) =>
        new(descriptor, location, arguments.ToEquatableArray());

    /// <param name="compilation">Whose source the place is in; without one it is that of a file that does not belong to it.</param>
    public Diagnostic ToDiagnostic(Compilation? compilation = null) =>
        Diagnostic.Create(Descriptor, Location?.ToLocation(compilation) ?? Microsoft.CodeAnalysis.Location.None, [.. Arguments]);
}
