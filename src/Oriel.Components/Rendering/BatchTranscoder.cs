using Microsoft.AspNetCore.Components.RenderTree;
using Oriel.Components.Wire;

namespace Oriel.Components.Rendering;

/// <summary>Writes what a batch changes as the ops of a frame, edit by edit.</summary>
internal sealed class BatchTranscoder
{
    private readonly FrameWriter _writer;
    private readonly NameTable _names = new();
    private readonly StringTable _strings = new();
    private readonly Permutation _permutation = new();
    private readonly Dictionary<ulong, string> _handlers = [];
    private readonly NodeWriter _nodes;

    public BatchTranscoder(FrameWriter writer)
    {
        _writer = writer;
        _nodes = new(writer, _names, _strings, _handlers);
    }

    /// <summary>The handlers that the page has, and the events that they are for.</summary>
    public IReadOnlyDictionary<ulong, string> Handlers => _handlers;

    /// <summary>Forgets handlers, when the page cannot send events for them any more.</summary>
    public void Forget(ulong[] handlers)
    {
        foreach (var id in handlers)
        {
            _handlers.Remove(id);
        }
    }

    public void Write(in RenderBatch batch)
    {
        var frames = batch.ReferenceFrames.Array;
        foreach (ref var diff in batch.UpdatedComponents.Array.AsSpan(0, batch.UpdatedComponents.Count))
        {
            if (diff.Edits.Count > 0)
            {
                Write(Op.Component, diff.ComponentId);
                WriteEdits(diff.Edits, frames);
            }
        }

        WriteDisposed(batch.DisposedComponentIDs);
        WriteDisposed(batch.DisposedEventHandlerIDs);
    }

    private void WriteDisposed(ArrayRange<int> components)
    {
        if (components.Count > 0)
        {
            Write(Op.Gone, components.Count);
            foreach (var id in components.Array.AsSpan(0, components.Count))
            {
                _writer.Number(id);
            }
        }
    }

    // Events for them are handled until the page has applied the frame: they may be on their way, for the handler that takes their place.
    private void WriteDisposed(ArrayRange<ulong> handlers)
    {
        if (handlers.Count > 0)
        {
            Write(Op.Unhandled, handlers.Count);
            foreach (var id in handlers.Array.AsSpan(0, handlers.Count))
            {
                _writer.Number((long)id);
            }
        }
    }

    private void WriteEdits(ArrayBuilderSegment<RenderTreeEdit> edits, RenderTreeFrame[] frames)
    {
        foreach (ref var edit in edits.Array.AsSpan(edits.Offset, edits.Count))
        {
            WriteEdit(edit, frames);
        }
    }

    private void WriteEdit(in RenderTreeEdit edit, RenderTreeFrame[] frames)
    {
        switch (edit.Type)
        {
            case RenderTreeEditType.PrependFrame:
                WriteInsert(frames, edit.ReferenceFrameIndex, edit.SiblingIndex);
                break;
            case RenderTreeEditType.RemoveFrame:
                Write(Op.Remove, edit.SiblingIndex);
                break;
            case RenderTreeEditType.SetAttribute:
                WriteAttribute(edit.SiblingIndex, frames[edit.ReferenceFrameIndex]);
                break;
            case RenderTreeEditType.RemoveAttribute:
                WriteNoAttribute(edit.SiblingIndex, edit.RemovedAttributeName!);
                break;
            case RenderTreeEditType.UpdateText:
                WriteContent(Op.Text, edit.SiblingIndex, frames[edit.ReferenceFrameIndex].TextContent);
                break;
            case RenderTreeEditType.UpdateMarkup:
                WriteContent(Op.Markup, edit.SiblingIndex, frames[edit.ReferenceFrameIndex].MarkupContent);
                break;
            case RenderTreeEditType.StepIn:
                Write(Op.In, edit.SiblingIndex);
                break;
            case RenderTreeEditType.StepOut:
                _writer.Op(Op.Out);
                break;
            case RenderTreeEditType.PermutationListEntry:
                _permutation.Add(edit.SiblingIndex, edit.MoveToSiblingIndex);
                break;
            case RenderTreeEditType.PermutationListEnd:
                _permutation.Write(_writer);
                break;
            default:
                throw new NotSupportedException($"A batch holds an edit of the kind {edit.Type}, which this version of Oriel does not know.");
        }
    }

    private int WriteInsert(RenderTreeFrame[] frames, int index, int sibling)
    {
        ref var frame = ref frames[index];
        if (frame.FrameType == RenderTreeFrameType.Region)
        {
            var count = 0;
            for (var child = index + 1; child < index + frame.RegionSubtreeLength; child += FrameTree.LengthOf(frames[child]))
            {
                count += WriteInsert(frames, child, sibling + count);
            }

            return count;
        }

        if (!FrameTree.IsNode(frame))
        {
            return 0;
        }

        _nodes.Prepare(frames, index);
        Write(Op.Insert, sibling);
        _nodes.Write(frames, index);
        return 1;
    }

    private void WriteAttribute(int sibling, in RenderTreeFrame frame)
    {
        if (FrameTree.IsHandler(frame))
        {
            Write(Op.Handler, sibling);
            _nodes.WriteHandler(frame);
        }
        else if (FrameTree.IsAttribute(frame))
        {
            _strings.Prepare(_writer, frame.AttributeValue as string);
            Write(Op.Attribute, sibling);
            _names.Write(_writer, frame.AttributeName);
            _nodes.WriteValue(frame.AttributeValue);
        }
        else
        {
            // What took the place of the attribute, or the handler, is not for the page.
            WriteNoAttribute(sibling, frame.AttributeName);
        }
    }

    private void WriteNoAttribute(int sibling, string name)
    {
        Write(Op.NoAttribute, sibling);
        _names.Write(_writer, name);
    }

    private void WriteContent(Op op, int sibling, string content)
    {
        _strings.Prepare(_writer, content);
        Write(op, sibling);
        _strings.Write(_writer, content);
    }

    private void Write(Op op, int argument)
    {
        _writer.Op(op);
        _writer.Number(argument);
    }
}
