using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Oriel.Generators;

/// <summary>Collects the types that cross the bridge, with all that they hold.</summary>
/// <remarks>What is found out about a type is kept with its compilation, so that many catalogs of one compilation share it. Thread-safe.</remarks>
internal sealed class TypeCatalog(Compilation compilation, CancellationToken cancellationToken)
{
    private readonly TypeAnalysis _analysis = TypeAnalysis.Of(compilation);
    private readonly HashSet<TypeShape> _seen = new(new SameObject());
    private readonly HashSet<DiagnosticInfo> _seenDiagnostics = [];
    private readonly Dictionary<string, TypeShape> _shapes = new(StringComparer.Ordinal);
    private readonly List<DiagnosticInfo> _diagnostics = [];

    /// <summary>The shapes of all types that were used, and of those that they hold.</summary>
    public EquatableArray<TypeShape> Shapes
    {
        get
        {
            lock (_seen)
            {
                return _shapes.OrderBy(shape => shape.Key, StringComparer.Ordinal).Select(shape => shape.Value).ToEquatableArray();
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
    /// <param name="isRead">Whether values of it come from pages.</param>
    public TypeUse Use(ITypeSymbol type, SourceLocation? where, bool isRead = true)
    {
        var memory = _analysis.Memory(cancellationToken);
        if (!memory.TryGet(type, out var remembered))
        {
            var node = _analysis.Visit(type, cancellationToken);
            var use = new TypeUse(CSharpText.Of(type), _analysis.TypeScript(type), TypeAnalysis.IsNullable(type), node.HoldsBodies);
            var parts = node.All();
            if (node.HasProblems)
            {
                lock (_seen)
                {
                    Add(parts.Select(part => part.Shape));
                    Report(parts.SelectMany(part => part.Problems).Where(problem => isRead || problem.Descriptor != TypeDiagnostics.NoConstructor), where);
                }

                return use;
            }

            memory.Remember(type, remembered = new RememberedType(use, [.. parts.Select(part => part.Shape).OfType<TypeShape>()]));
        }

        lock (_seen)
        {
            Add(remembered.Shapes);
        }

        return remembered.Use;
    }

    private void Add(IEnumerable<TypeShape?> shapes)
    {
        foreach (var shape in shapes)
        {
            // One that a context covers in one place may need its metadata in another.
            if (shape is not null && _seen.Add(shape) && (!_shapes.TryGetValue(shape.CSharp, out var known) || known.Json is null))
            {
                _shapes[shape.CSharp] = shape;
            }
        }
    }

    private void Report(IEnumerable<TypeProblem> problems, SourceLocation? where)
    {
        foreach (var problem in problems)
        {
            var diagnostic = problem.ToDiagnostic(where);
            if (_seenDiagnostics.Add(diagnostic))
            {
                _diagnostics.Add(diagnostic);
            }
        }
    }

    // Most shapes are met again and again as the same object; comparing what is in them would take longer than the rest.
    private sealed class SameObject : IEqualityComparer<TypeShape>
    {
        public bool Equals(TypeShape? x, TypeShape? y) => ReferenceEquals(x, y);

        public int GetHashCode(TypeShape obj) => RuntimeHelpers.GetHashCode(obj);
    }
}
