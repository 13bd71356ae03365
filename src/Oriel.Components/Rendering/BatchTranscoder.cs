using Microsoft.AspNetCore.Components.RenderTree;
using Oriel.Components.Wire;

namespace Oriel.Components.Rendering;

/// <summary>Writes what a batch changes as the ops of a frame, edit by edit.</summary>
internal sealed class BatchTranscoder
{
    private readonly NameTable _names = new();
    private readonly Dictionary<ulong, string> _events = [];

    /// <summary>The handlers that the page has, and the events that they are for.</summary>
    public IReadOnlyDictionary<ulong, string> Handlers => _events;

    public void Write(FrameWriter writer, in RenderBatch batch)
    {
        var frames = batch.ReferenceFrames.Array;
        for (var i = 0; i < batch.UpdatedComponents.Count; i++)
        {
            ref var diff = ref batch.UpdatedComponents.Array[i];
            if (diff.Edits.Count == 0)
            {
                continue;
            }

            writer.Op(Op.Component);
            writer.Number(diff.ComponentId);
            WriteEdits(writer, diff, frames);
        }

        WriteIds(writer, Op.Gone, batch.DisposedComponentIDs.Array.AsSpan(0, batch.DisposedComponentIDs.Count));
        if (batch.DisposedEventHandlerIDs.Count > 0)
        {
            writer.Op(Op.Unhandled);
            writer.Number(batch.DisposedEventHandlerIDs.Count);
            foreach (var id in batch.DisposedEventHandlerIDs.Array.AsSpan(0, batch.DisposedEventHandlerIDs.Count))
            {
                writer.Number((long)id);
                _events.Remove(id);
            }
        }
    }

    private static void WriteIds(FrameWriter writer, Op op, ReadOnlySpan<int> ids)
    {
        if (ids.IsEmpty)
        {
            return;
        }

        writer.Op(op);
        writer.Number(ids.Length);
        foreach (var id in ids)
        {
            writer.Number(id);
        }
    }

    private void WriteEdits(FrameWriter writer, in RenderTreeDiff diff, RenderTreeFrame[] frames)
    {
        var edits = diff.Edits;
        for (var i = edits.Offset; i < edits.Offset + edits.Count; i++)
        {
            ref var edit = ref edits.Array[i];
            switch (edit.Type)
            {
                case RenderTreeEditType.PrependFrame:
                    WriteInsert(writer, frames, edit.ReferenceFrameIndex, edit.SiblingIndex);
                    break;
                case RenderTreeEditType.RemoveFrame:
                    Write(writer, Op.Remove, edit.SiblingIndex);
                    break;
                case RenderTreeEditType.SetAttribute:
                    WriteAttributeEdit(writer, edit.SiblingIndex, frames[edit.ReferenceFrameIndex]);
                    break;
                case RenderTreeEditType.RemoveAttribute:
                    Write(writer, Op.NoAttribute, edit.SiblingIndex);
                    _names.Write(writer, edit.RemovedAttributeName!);
                    break;
                case RenderTreeEditType.UpdateText:
                    Write(writer, Op.Text, edit.SiblingIndex);
                    writer.Text(frames[edit.ReferenceFrameIndex].TextContent);
                    break;
                case RenderTreeEditType.UpdateMarkup:
                    Write(writer, Op.Markup, edit.SiblingIndex);
                    writer.Text(frames[edit.ReferenceFrameIndex].MarkupContent);
                    break;
                case RenderTreeEditType.StepIn:
                    Write(writer, Op.In, edit.SiblingIndex);
                    break;
                case RenderTreeEditType.StepOut:
                    writer.Op(Op.Out);
                    break;
                default:
                    throw new NotSupportedException($"A batch holds an edit of the kind {edit.Type}.");
            }
        }
    }

    private static void Write(FrameWriter writer, Op op, int index)
    {
        writer.Op(op);
        writer.Number(index);
    }

    private int WriteInsert(FrameWriter writer, RenderTreeFrame[] frames, int index, int sibling)
    {
        ref var frame = ref frames[index];
        if (frame.FrameType == RenderTreeFrameType.Region)
        {
            var count = 0;
            for (var child = index + 1; child < index + frame.RegionSubtreeLength; child += LengthOf(frames[child]))
            {
                count += WriteInsert(writer, frames, child, sibling + count);
            }

            return count;
        }

        if (!IsNode(frame))
        {
            return 0;
        }

        Write(writer, Op.Insert, sibling);
        WriteNode(writer, frames, index);
        return 1;
    }

    private void WriteNode(FrameWriter writer, RenderTreeFrame[] frames, int index)
    {
        ref var frame = ref frames[index];
        switch (frame.FrameType)
        {
            case RenderTreeFrameType.Element:
                WriteElement(writer, frames, index);
                break;
            case RenderTreeFrameType.Text:
                writer.Number((int)NodeKind.Text);
                writer.Text(frame.TextContent);
                break;
            case RenderTreeFrameType.Markup:
                writer.Number((int)NodeKind.Markup);
                writer.Text(frame.MarkupContent);
                break;
            case RenderTreeFrameType.Component:
                writer.Number((int)NodeKind.Component);
                writer.Number(frame.ComponentId);
                break;
        }
    }

    private void WriteElement(FrameWriter writer, RenderTreeFrame[] frames, int index)
    {
        ref var element = ref frames[index];
        var end = index + element.ElementSubtreeLength;
        var attributes = 0;
        var handlers = 0;
        string? reference = null;
        var content = index + 1;
        for (; content < end; content++)
        {
            ref var frame = ref frames[content];
            if (frame.FrameType == RenderTreeFrameType.Attribute)
            {
                if (frame.AttributeEventHandlerId != 0)
                {
                    handlers++;
                }
                else
                {
                    attributes++;
                }
            }
            else if (frame.FrameType == RenderTreeFrameType.ElementReferenceCapture)
            {
                reference = frame.ElementReferenceCaptureId;
            }
            else
            {
                break;
            }
        }

        writer.Number((int)NodeKind.Element);
        _names.Write(writer, element.ElementName);
        writer.Number(attributes);
        foreach (ref var frame in frames.AsSpan(index + 1, content - index - 1))
        {
            if (frame.FrameType == RenderTreeFrameType.Attribute && frame.AttributeEventHandlerId == 0)
            {
                _names.Write(writer, frame.AttributeName);
                WriteValue(writer, frame.AttributeValue);
            }
        }

        writer.Number(handlers);
        foreach (ref var frame in frames.AsSpan(index + 1, content - index - 1))
        {
            if (frame.FrameType == RenderTreeFrameType.Attribute && frame.AttributeEventHandlerId != 0)
            {
                WriteHandler(writer, frame);
            }
        }

        if (reference is null)
        {
            writer.Number(0);
        }
        else
        {
            writer.Text(reference);
        }

        writer.Number(CountNodes(frames, content, end));
        WriteChildren(writer, frames, content, end);
    }

    private void WriteChildren(FrameWriter writer, RenderTreeFrame[] frames, int index, int end)
    {
        for (; index < end; index += LengthOf(frames[index]))
        {
            ref var frame = ref frames[index];
            if (frame.FrameType == RenderTreeFrameType.Region)
            {
                WriteChildren(writer, frames, index + 1, index + frame.RegionSubtreeLength);
            }
            else if (IsNode(frame))
            {
                WriteNode(writer, frames, index);
            }
        }
    }

    private void WriteAttributeEdit(FrameWriter writer, int sibling, in RenderTreeFrame frame)
    {
        if (frame.AttributeEventHandlerId != 0)
        {
            Write(writer, Op.Handler, sibling);
            WriteHandler(writer, frame);
            return;
        }

        Write(writer, Op.Attribute, sibling);
        _names.Write(writer, frame.AttributeName);
        WriteValue(writer, frame.AttributeValue);
    }

    private void WriteHandler(FrameWriter writer, in RenderTreeFrame frame)
    {
        var name = HandlerName(frame.AttributeName)!;
        _names.Write(writer, name);
        writer.Number((long)frame.AttributeEventHandlerId);
        _events[frame.AttributeEventHandlerId] = name;
    }

    private static void WriteValue(FrameWriter writer, object? value)
    {
        switch (value)
        {
            case bool:
                // False is never written: the attribute is absent then.
                writer.Json.WriteBooleanValue(true);
                break;
            default:
                writer.Text(value?.ToString());
                break;
        }
    }

    private static int CountNodes(RenderTreeFrame[] frames, int index, int end)
    {
        var count = 0;
        for (; index < end; index += LengthOf(frames[index]))
        {
            ref var frame = ref frames[index];
            count += frame.FrameType == RenderTreeFrameType.Region ? CountNodes(frames, index + 1, index + frame.RegionSubtreeLength) : IsNode(frame) ? 1 : 0;
        }

        return count;
    }

    // References, named events and modes are not seen by the page.
    private static bool IsNode(in RenderTreeFrame frame) => frame.FrameType is
        RenderTreeFrameType.Element or RenderTreeFrameType.Text or RenderTreeFrameType.Markup or RenderTreeFrameType.Component;

    private static int LengthOf(in RenderTreeFrame frame) => frame.FrameType switch
    {
        RenderTreeFrameType.Element => frame.ElementSubtreeLength,
        RenderTreeFrameType.Component => frame.ComponentSubtreeLength,
        RenderTreeFrameType.Region => frame.RegionSubtreeLength,
        _ => 1,
    };

    private static string? HandlerName(string attribute) => attribute.StartsWith("on", StringComparison.Ordinal) ? attribute[2..] : null;
}
