using Microsoft.AspNetCore.Components.RenderTree;
using Oriel.Components.Wire;

namespace Oriel.Components.Rendering;

/// <summary>Writes nodes: what has been seen before as templates, with what differs in their slots.</summary>
internal sealed class NodeWriter(FrameWriter writer, NameTable names, StringTable strings, Dictionary<ulong, string> handlers)
{
    private readonly TemplateTable _templates = new();
    private readonly ShapeReader _shapes = new();

    // What Prepare decided for each element that Write comes to, in the same order.
    private readonly Queue<Template?> _choices = new();

    // The template that is being written, and how many of its slots have been.
    private Template? _template;
    private int _slot;

    /// <summary>Writes the definitions and templates that a node needs. Between two ops; <see cref="Write"/> follows.</summary>
    public void Prepare(RenderTreeFrame[] frames, int index)
    {
        ref var frame = ref frames[index];
        switch (frame.FrameType)
        {
            case RenderTreeFrameType.Element:
                PrepareElement(frames, index);
                break;
            case RenderTreeFrameType.Text:
                strings.Prepare(writer, frame.TextContent);
                break;
            case RenderTreeFrameType.Markup:
                strings.Prepare(writer, frame.MarkupContent);
                break;
            case RenderTreeFrameType.Region:
                PrepareRange(frames, index + 1, index + frame.RegionSubtreeLength);
                break;
        }
    }

    /// <summary>Writes a node that has been prepared.</summary>
    public void Write(RenderTreeFrame[] frames, int index)
    {
        ref var frame = ref frames[index];
        switch (frame.FrameType)
        {
            case RenderTreeFrameType.Element:
                WriteElement(frames, index);
                break;
            case RenderTreeFrameType.Text:
                Kind(NodeKind.Text);
                WriteText(frame.TextContent);
                break;
            case RenderTreeFrameType.Markup:
                Kind(NodeKind.Markup);
                WriteText(frame.MarkupContent);
                break;
            case RenderTreeFrameType.Component:
                Kind(NodeKind.Component);
                WriteId(frame.ComponentId);
                break;
        }
    }

    /// <summary>Writes an attribute's value, which is outside of a node prepared.</summary>
    public void WriteValue(object? value)
    {
        if (value is bool)
        {
            // False is never written: the attribute is absent then.
            writer.Json.WriteBooleanValue(true);
        }
        else
        {
            strings.Write(writer, value as string);
        }
    }

    /// <summary>Writes the event and the id of a handler, which the page has from now on.</summary>
    public void WriteHandler(in RenderTreeFrame frame)
    {
        var name = FrameTree.EventName(frame);
        names.Write(writer, name);
        if (!IsHole())
        {
            writer.Number((long)frame.AttributeEventHandlerId);
            handlers[frame.AttributeEventHandlerId] = name;
        }
    }

    private void PrepareRange(RenderTreeFrame[] frames, int index, int end)
    {
        for (; index < end; index += FrameTree.LengthOf(frames[index]))
        {
            Prepare(frames, index);
        }
    }

    private void PrepareElement(RenderTreeFrame[] frames, int index)
    {
        if (_shapes.Read(frames, index) && _templates.Choose(_shapes.Key, _shapes.Slots, out var isNew) is { } template)
        {
            _choices.Enqueue(template);
            if (isNew)
            {
                WriteTemplate(frames, index, template);
            }

            PrepareSlots(template);
            return;
        }

        _choices.Enqueue(null);
        var children = FrameTree.ChildrenOf(frames, index);
        foreach (ref var frame in frames.AsSpan(index + 1, children - index - 1))
        {
            if (FrameTree.IsAttribute(frame))
            {
                strings.Prepare(writer, frame.AttributeValue as string);
            }
        }

        PrepareRange(frames, children, index + frames[index].ElementSubtreeLength);
    }

    private void PrepareSlots(Template template)
    {
        var slots = _shapes.Slots;
        for (var i = 0; i < slots.Length; i++)
        {
            if (template.IsHole(i) && slots[i].Kind is SlotKind.Value or SlotKind.Text)
            {
                strings.Prepare(writer, slots[i].Text);
            }
        }
    }

    private void WriteTemplate(RenderTreeFrame[] frames, int index, Template template)
    {
        writer.Op(Op.Template);
        _template = template;
        _slot = 0;
        WritePlain(frames, index);
        _template = null;
    }

    private void WriteElement(RenderTreeFrame[] frames, int index)
    {
        if (_template is null && _choices.Dequeue() is { } template)
        {
            WriteUse(frames, index, template);
        }
        else
        {
            WritePlain(frames, index);
        }
    }

    private void WriteUse(RenderTreeFrame[] frames, int index, Template template)
    {
        Kind(NodeKind.Use);
        writer.Number(template.Index);
        _shapes.Read(frames, index);
        var slots = _shapes.Slots;
        for (var i = 0; i < slots.Length; i++)
        {
            WriteSlot(slots[i], template.IsHole(i));
        }
    }

    private void WriteSlot(in TemplateSlot slot, bool isHole)
    {
        if (!isHole)
        {
            return;
        }

        switch (slot.Kind)
        {
            case SlotKind.Value when slot.Text is null:
                writer.Json.WriteBooleanValue(true);
                break;
            case SlotKind.Value or SlotKind.Text:
                strings.Write(writer, slot.Text);
                break;
            case SlotKind.Reference:
                writer.Text(slot.Text);
                break;
            case SlotKind.Component:
                writer.Number(slot.Number);
                break;
            default:
                writer.Number(slot.Number);
                handlers[(ulong)slot.Number] = slot.Text!;
                break;
        }
    }

    private void WritePlain(RenderTreeFrame[] frames, int index)
    {
        ref var element = ref frames[index];
        var end = index + element.ElementSubtreeLength;
        var children = FrameTree.ChildrenOf(frames, index);
        var attributes = frames.AsSpan(index + 1, children - index - 1);
        Kind(NodeKind.Element);
        names.Write(writer, element.ElementName);
        WriteAttributes(attributes);
        WriteHandlers(attributes);
        if (FrameTree.ReferenceOf(attributes) is not { } reference)
        {
            writer.Number(0);
        }
        else if (!IsHole())
        {
            writer.Text(reference);
        }

        writer.Number(FrameTree.CountNodes(frames, children, end));
        WriteChildren(frames, children, end);
    }

    private void WriteAttributes(Span<RenderTreeFrame> frames)
    {
        var count = 0;
        foreach (ref var frame in frames)
        {
            count += FrameTree.IsAttribute(frame) ? 1 : 0;
        }

        writer.Number(count);
        foreach (ref var frame in frames)
        {
            if (FrameTree.IsAttribute(frame))
            {
                names.Write(writer, frame.AttributeName);
                if (!IsHole())
                {
                    WriteValue(frame.AttributeValue);
                }
            }
        }
    }

    private void WriteHandlers(Span<RenderTreeFrame> frames)
    {
        var count = 0;
        foreach (ref var frame in frames)
        {
            count += FrameTree.IsHandler(frame) ? 1 : 0;
        }

        writer.Number(count);
        foreach (ref var frame in frames)
        {
            if (FrameTree.IsHandler(frame))
            {
                WriteHandler(frame);
            }
        }
    }

    private void WriteChildren(RenderTreeFrame[] frames, int index, int end)
    {
        for (; index < end; index += FrameTree.LengthOf(frames[index]))
        {
            ref var frame = ref frames[index];
            if (frame.FrameType == RenderTreeFrameType.Region)
            {
                WriteChildren(frames, index + 1, index + frame.RegionSubtreeLength);
            }
            else if (FrameTree.IsNode(frame))
            {
                Write(frames, index);
            }
        }
    }

    private void WriteText(string text)
    {
        if (!IsHole())
        {
            strings.Write(writer, text);
        }
    }

    private void WriteId(int id)
    {
        if (!IsHole())
        {
            writer.Number(id);
        }
    }

    private void Kind(NodeKind kind) => writer.Number((int)kind);

    // A hole of the template that is being written is written as null.
    private bool IsHole()
    {
        if (_template?.IsHole(_slot++) != true)
        {
            return false;
        }

        writer.Json.WriteNullValue();
        return true;
    }
}
