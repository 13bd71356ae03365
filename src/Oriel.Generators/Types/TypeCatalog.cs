using Microsoft.CodeAnalysis;

namespace Oriel.Generators;

/// <summary>Collects the types that cross the bridge, with all that they hold.</summary>
/// <remarks>What is found out about a type is kept with its compilation, so that many catalogs of one compilation share it. Thread-safe.</remarks>
internal sealed class TypeCatalog(Compilation compilation, CancellationToken cancellationToken)
{
    private readonly TypeAnalysis _analysis = TypeAnalysis.Of(compilation);
    private readonly HashSet<TypeNode> _seen = [];
    private readonly List<TypeShape> _shapes = [];
    private readonly List<DiagnosticInfo> _diagnostics = [];

    /// <summary>The shapes of all types that were used, and of those that they hold.</summary>
    public EquatableArray<TypeShape> Shapes
    {
        get
        {
            lock (_seen)
            {
                return _shapes.OrderBy(shape => shape.CSharp, StringComparer.Ordinal).ToEquatableArray();
            }
        }
    }

    /// <summary>What is wrong with them.</summary>
    public EquatableArray<DiagnosticInfo> Diagnostics
    {
        get
        {
            lock (_seen)
            {
                return _diagnostics.ToEquatableArray();
            }
        }
    }

    /// <summary>Whether a type is an interface that holds no data: a parameter of it is a service.</summary>
    public bool IsService(ITypeSymbol type) => _analysis.IsService(type);

    /// <summary>Uses a type.</summary>
    /// <param name="type">The type, with its nullable annotation.</param>
    /// <param name="where">Where it is used: diagnostics without a place of their own are reported there.</param>
    public TypeUse Use(ITypeSymbol type, SourceLocation? where)
    {
        var node = _analysis.Visit(type, cancellationToken);
        lock (_seen)
        {
            Collect(node, where);
        }

        return new TypeUse(CSharpText.Of(type), _analysis.TypeScript(type), TypeAnalysis.IsNullable(type), node.HoldsBodies);
    }

    private void Collect(TypeNode root, SourceLocation? where)
    {
        if (!root.HasProblems && _seen.Contains(root))
        {
            return;
        }

        foreach (var node in root.All())
        {
            if (_seen.Add(node) && node.Shape is { } shape)
            {
                _shapes.Add(shape);
            }

            foreach (var problem in node.Problems)
            {
                var diagnostic = problem.ToDiagnostic(where);
                if (!_diagnostics.Contains(diagnostic))
                {
                    _diagnostics.Add(diagnostic);
                }
            }
        }
    }
}
