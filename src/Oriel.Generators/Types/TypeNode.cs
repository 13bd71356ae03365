namespace Oriel.Generators;

/// <summary>A type in the graph of types that hold each other.</summary>
internal sealed class TypeNode
{
    private bool? _holdsBodies;
    private bool? _hasProblems;

    /// <summary>What is written for it, or null where nothing can be.</summary>
    public TypeShape? Shape { get; set; }

    /// <summary>The types that it holds.</summary>
    public List<TypeNode> Parts { get; } = [];

    /// <summary>What is wrong with it, its parts aside.</summary>
    public List<TypeProblem> Problems { get; } = [];

    /// <summary>Whether it is left to a context of the application, because nothing can be written for it or for what it holds.</summary>
    public bool IsLeft { get; set; }

    /// <summary>Whether it is bytes or a stream.</summary>
    public bool IsBody { get; set; }

    /// <summary>Whether it is bytes or a stream, or holds some at any depth.</summary>
    public bool HoldsBodies => _holdsBodies ??= All().Any(node => node.IsBody);

    /// <summary>Whether something is wrong with it or with what it holds.</summary>
    public bool HasProblems => _hasProblems ??= All().Any(node => node.Problems.Count > 0);

    /// <summary>The node and all that it holds, each once.</summary>
    public IReadOnlyList<TypeNode> All()
    {
        var seen = new HashSet<TypeNode> { this };
        var all = new List<TypeNode> { this };
        for (var i = 0; i < all.Count; i++)
        {
            foreach (var part in all[i].Parts)
            {
                if (seen.Add(part))
                {
                    all.Add(part);
                }
            }
        }

        return all;
    }
}
