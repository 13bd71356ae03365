using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Oriel.Generators;

/// <summary>A place in a source file, without the tree that it belongs to, which would keep a compilation alive.</summary>
internal sealed record SourceLocation(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static SourceLocation? Of(Location? location) =>
        location?.SourceTree is { } tree ? new SourceLocation(tree.FilePath, location.SourceSpan, location.GetLineSpan().Span) : null;

    /// <summary>The place in the source of a compilation, or of the file alone where that has none.</summary>
    public Location ToLocation(Compilation? compilation) =>
        compilation?.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == Path && Span.End <= tree.Length) is { } tree ? Location.Create(tree, Span) : Location.Create(Path, Span, Lines);
}
