using Microsoft.AspNetCore.Components.RenderTree;

namespace Oriel.Components.Rendering;

/// <summary>Reads render tree frames as the tree that they are.</summary>
internal static class FrameTree
{
    /// <summary>Whether the page sees the frame as a node: captured references, named events and modes it does not.</summary>
    public static bool IsNode(in RenderTreeFrame frame) => frame.FrameType is
        RenderTreeFrameType.Element or RenderTreeFrameType.Text or RenderTreeFrameType.Markup or RenderTreeFrameType.Component;

    /// <summary>How many frames it takes, with all that is below it.</summary>
    public static int LengthOf(in RenderTreeFrame frame) => frame.FrameType switch
    {
        RenderTreeFrameType.Element => frame.ElementSubtreeLength,
        RenderTreeFrameType.Component => frame.ComponentSubtreeLength,
        RenderTreeFrameType.Region => frame.RegionSubtreeLength,
        _ => 1,
    };

    /// <summary>Where an element's attributes, and what is captured with them, end and its children begin.</summary>
    public static int ChildrenOf(RenderTreeFrame[] frames, int element)
    {
        var end = element + frames[element].ElementSubtreeLength;
        var index = element + 1;
        while (index < end && !IsNode(frames[index]) && frames[index].FrameType != RenderTreeFrameType.Region)
        {
            index++;
        }

        return index;
    }

    /// <summary>The nodes from one frame to another, those of regions instead of the regions.</summary>
    public static int CountNodes(RenderTreeFrame[] frames, int index, int end)
    {
        var count = 0;
        for (; index < end; index += LengthOf(frames[index]))
        {
            ref var frame = ref frames[index];
            count += frame.FrameType == RenderTreeFrameType.Region
                ? CountNodes(frames, index + 1, index + frame.RegionSubtreeLength)
                : IsNode(frame) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Whether an attribute is an event handler.</summary>
    public static bool IsHandler(in RenderTreeFrame frame) => frame.FrameType == RenderTreeFrameType.Attribute && frame.AttributeEventHandlerId != 0;

    /// <summary>Whether an attribute is one that the page gets: a script in one is not, nor a delegate that handles no event.</summary>
    public static bool IsAttribute(in RenderTreeFrame frame) =>
        frame.FrameType == RenderTreeFrameType.Attribute && frame.AttributeEventHandlerId == 0
        && !IsEventName(frame.AttributeName) && frame.AttributeValue is string or bool or null;

    /// <summary>Whether a browser would take the attribute for a script.</summary>
    public static bool IsEventName(string attribute) => attribute.StartsWith("on", StringComparison.OrdinalIgnoreCase);

    /// <summary>The event of a handler: its attribute's name without the <c>on</c>.</summary>
    public static string EventName(in RenderTreeFrame handler) => handler.AttributeName[2..];

    /// <summary>The id of the reference that is captured with an element's attributes.</summary>
    public static string? ReferenceOf(ReadOnlySpan<RenderTreeFrame> attributes)
    {
        foreach (ref readonly var frame in attributes)
        {
            if (frame.FrameType == RenderTreeFrameType.ElementReferenceCapture)
            {
                return frame.ElementReferenceCaptureId;
            }
        }

        return null;
    }
}
