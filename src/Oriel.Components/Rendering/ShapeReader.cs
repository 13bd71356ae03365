using System.Text;
using Microsoft.AspNetCore.Components.RenderTree;
using Oriel.Components.Wire;

namespace Oriel.Components.Rendering;

/// <summary>Finds out what two subtrees have in common: their shape, and the slots where they may differ.</summary>
internal sealed class ShapeReader
{
    private const int MaxNodes = 512;
    private const int MaxFrames = 1_024;
    private const int MaxKey = 2_048;

    // An element that holds nothing is not shorter as a template.
    private const int MinFrames = 3;

    // What no name holds separates names.
    private const char Element = '\u0001';
    private const char Attribute = '\u0002';
    private const char Handler = '\u0003';
    private const char Reference = '\u0004';
    private const char Text = '\u0005';
    private const char Markup = '\u0006';
    private const char Component = '\u0007';
    private const char End = '\u0008';

    private readonly StringBuilder _builder = new();
    private readonly List<TemplateSlot> _slots = [];
    private readonly char[] _key = new char[MaxKey];
    private int _nodes;
    private bool _isPlain;

    /// <summary>What stands in the slots of the subtree read last, in the order in which they are written.</summary>
    public ReadOnlySpan<TemplateSlot> Slots => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_slots);

    /// <summary>The shape of the subtree read last.</summary>
    public ReadOnlySpan<char> Key => _key.AsSpan(0, _builder.Length);

    /// <summary>Reads an element's subtree.</summary>
    /// <returns>Whether it can be a template at all.</returns>
    public bool Read(RenderTreeFrame[] frames, int index)
    {
        if (frames[index].ElementSubtreeLength is < MinFrames or > MaxFrames)
        {
            return false;
        }

        _builder.Clear();
        _slots.Clear();
        _nodes = 0;
        _isPlain = true;
        ReadElement(frames, index);
        if (!_isPlain || _nodes > MaxNodes || _builder.Length > MaxKey)
        {
            return false;
        }

        _builder.CopyTo(0, _key, _builder.Length);
        return true;
    }

    private void ReadElement(RenderTreeFrame[] frames, int index)
    {
        ref var element = ref frames[index];
        var children = FrameTree.ChildrenOf(frames, index);
        var attributes = frames.AsSpan(index + 1, children - index - 1);
        _nodes++;
        Name(Element, element.ElementName);
        foreach (ref var frame in attributes)
        {
            if (FrameTree.IsAttribute(frame))
            {
                Name(Attribute, frame.AttributeName);
                _slots.Add(new(SlotKind.Value, frame.AttributeValue is bool ? null : frame.AttributeValue as string ?? ""));
            }
        }

        foreach (ref var frame in attributes)
        {
            if (FrameTree.IsHandler(frame))
            {
                var name = FrameTree.EventName(frame);
                Name(Handler, name);
                _slots.Add(new(SlotKind.Handler, name, (long)frame.AttributeEventHandlerId));
            }
        }

        if (FrameTree.ReferenceOf(attributes) is { } reference)
        {
            _builder.Append(Reference);
            _slots.Add(new(SlotKind.Reference, reference));
        }

        ReadChildren(frames, children, index + element.ElementSubtreeLength);
        _builder.Append(End);
    }

    private void ReadChildren(RenderTreeFrame[] frames, int index, int end)
    {
        for (; index < end; index += FrameTree.LengthOf(frames[index]))
        {
            ref var frame = ref frames[index];
            switch (frame.FrameType)
            {
                case RenderTreeFrameType.Element:
                    ReadElement(frames, index);
                    break;
                case RenderTreeFrameType.Region:
                    ReadChildren(frames, index + 1, index + frame.RegionSubtreeLength);
                    break;
                case RenderTreeFrameType.Text:
                    Leaf(Text, new(SlotKind.Text, frame.TextContent));
                    break;
                case RenderTreeFrameType.Markup:
                    Leaf(Markup, new(SlotKind.Text, frame.MarkupContent));
                    break;
                case RenderTreeFrameType.Component:
                    Leaf(Component, new(SlotKind.Component, null, frame.ComponentId));
                    break;
            }
        }
    }

    private void Leaf(char kind, TemplateSlot slot)
    {
        _nodes++;
        _builder.Append(kind);
        _slots.Add(slot);
    }

    private void Name(char kind, string name)
    {
        _isPlain &= !name.AsSpan().ContainsAnyInRange(Element, End);
        _builder.Append(kind).Append(name);
    }
}
