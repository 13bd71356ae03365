using System.Text.Json;

namespace Oriel.Components.Events;

/// <summary>Reads what a page says about an event.</summary>
internal static class EventArguments
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { MaxDepth = 32 };

    /// <exception cref="PageProtocolException">It does not fit the type.</exception>
    public static EventArgs Read(JsonElement json, Type type)
    {
        try
        {
            return json.Deserialize(type, s_options) as EventArgs ?? EventArgs.Empty;
        }
        catch (JsonException exception)
        {
            throw new PageProtocolException($"The page sent an event whose arguments are not {type.Name}.", exception);
        }
    }
}
