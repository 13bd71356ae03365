using System.Text.Json;
using Microsoft.AspNetCore.Components.RenderTree;
using Microsoft.Extensions.Logging;

namespace Oriel.Components.Events;

/// <summary>Gives the events of a page to the handlers of its components.</summary>
internal sealed class PageEvents(ILogger<PageEvents> logger) : ISessionPart
{
    private long _ignored;

    public void Attach(ComponentSession session) => session.On("event", message => HandleAsync(session, message));

    // ["n", "ack", "event", handler, name, field, args]
    private ValueTask HandleAsync(ComponentSession session, JsonElement message)
    {
        if (message.GetArrayLength() != 7
            || message[3].ValueKind != JsonValueKind.Number || !message[3].TryGetUInt64(out var handler)
            || message[4].ValueKind != JsonValueKind.String)
        {
            throw new PageProtocolException("The page sent an event that is not [handler, name, field, arguments].");
        }

        // Handlers go while events for them are on their way; an id of another session, or one made up, is none of this tree's either.
        if (!session.Renderer.Handlers.TryGetValue(handler, out var name) || !message[4].ValueEquals(name))
        {
            logger.EventIgnored(session.Id, ++_ignored);
            return default;
        }

        var arguments = EventArguments.Read(message[6], session.Renderer.GetEventArgsType(handler));
        return new(session.Renderer.DispatchEventAsync(handler, Field(message[5]), arguments, waitForQuiescence: false));
    }

    private static EventFieldInfo? Field(JsonElement field) => null;
}
