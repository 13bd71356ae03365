using AngleSharp.Dom;

namespace Oriel.Testing.Tree;

/// <summary>A node as the components see it: what the indices of a frame count.</summary>
internal abstract class LogicalNode
{
    public LogicalNode? Parent { get; set; }

    public List<LogicalNode> Children { get; } = [];

    /// <summary>The nodes of the document that stand for this one where it is, without those inside of them.</summary>
    public abstract IEnumerable<INode> Shown { get; }

    /// <summary>The node and all below it.</summary>
    public IEnumerable<LogicalNode> Subtree
    {
        get
        {
            yield return this;
            foreach (var node in Children.SelectMany(child => child.Subtree))
            {
                yield return node;
            }
        }
    }
}
