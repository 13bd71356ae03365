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
            logger.EventIgnored(session.LogName, ++_ignored);
            return default;
        }

        var type = EventArguments.TypeOf(name, () => session.Renderer.GetEventArgsType(handler));
        var arguments = EventArguments.Read(message[6], type);
        return new(session.Renderer.DispatchEventAsync(handler, Field(message[5]), arguments, waitForQuiescence: false));
    }

    // What the element holds now, so that the next frame changes it if the component does not want it: [component, value]
    private static EventFieldInfo? Field(JsonElement field)
    {
        if (field.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (field.ValueKind == JsonValueKind.Array && field.GetArrayLength() == 2
            && field[0].ValueKind == JsonValueKind.Number && field[0].TryGetInt32(out var component))
        {
            switch (field[1].ValueKind)
            {
                case JsonValueKind.String:
                    return new() { ComponentId = component, FieldValue = field[1].GetString()! };
                case JsonValueKind.True or JsonValueKind.False:
                    return new() { ComponentId = component, FieldValue = field[1].GetBoolean() };
            }
        }

        throw new PageProtocolException("The page sent an event whose field is not [component, text, true or false].");
    }
}
