using AngleSharp.Dom;

namespace Oriel.Testing.Tree;

internal sealed class LogicalText(IText text) : LogicalNode
{
    public IText Text => text;

    public override IEnumerable<INode> Shown => [text];
}
