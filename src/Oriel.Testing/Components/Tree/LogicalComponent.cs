using AngleSharp.Dom;

namespace Oriel.Testing.Tree;

/// <summary>A component: it has no node of its own, its children are shown where it stands.</summary>
internal sealed class LogicalComponent(int id, IElement? container = null) : LogicalNode
{
    public int Id => id;

    /// <summary>Where a root component is shown.</summary>
    public IElement? Container => container;

    public override IEnumerable<INode> Shown => Children.SelectMany(child => child.Shown);
}
