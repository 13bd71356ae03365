using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Oriel.Components.Events;

/// <summary>Reads what a page says about an event.</summary>
internal static class EventArguments
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { Converters = { new ChangeEventArgsConverter() } };

    // The events of browsers, with what ASP.NET Core says that they carry.
    private static readonly FrozenDictionary<string, Type> s_known = typeof(EventHandlers)
        .GetCustomAttributes<EventHandlerAttribute>()
        .ToFrozenDictionary(static a => a.AttributeName[2..], static a => a.EventArgsType, StringComparer.Ordinal);

    /// <summary>The type of an event's arguments: what its handler takes, or what the event carries when that is one of those.</summary>
    /// <param name="name">The event, without <c>on</c>.</param>
    /// <param name="read">Gets the type that the handler takes; it throws when it takes no arguments of an event.</param>
    public static Type TypeOf(string name, Func<Type> read)
    {
        var known = s_known.GetValueOrDefault(name);
        Type taken;
        try
        {
            taken = read();
        }
        catch (InvalidOperationException) when (known is not null)
        {
            // It takes any object.
            return known;
        }

        return known is not null && taken.IsAssignableFrom(known) ? known : taken;
    }

    /// <summary>Reads arguments.</summary>
    /// <exception cref="PageProtocolException">They do not fit the type.</exception>
    public static EventArgs Read(JsonElement json, Type type)
    {
        try
        {
            if (type == typeof(EventArgs))
            {
                return EventArgs.Empty;
            }

            return (EventArgs?)json.Deserialize(type, s_options) ?? throw new PageProtocolException($"The page sent an event without its {type.Name}.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or FormatException)
        {
            throw new PageProtocolException($"The page sent an event whose arguments are not {type.Name}.", exception);
        }
    }
}
