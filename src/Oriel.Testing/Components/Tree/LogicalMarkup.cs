using AngleSharp.Dom;

namespace Oriel.Testing.Tree;

/// <summary>Ready HTML: one node for the components, any number of them in the document.</summary>
internal sealed class LogicalMarkup(INode[] nodes) : LogicalNode
{
    public override IEnumerable<INode> Shown => nodes;
}
