using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Oriel;

/// <summary>The JSON of the types that cross the bridge, without reflection.</summary>
/// <remarks>
/// A type is looked up in the contexts of the application first (<see cref="OrielAppBuilder.Json"/>), then in what Oriel's generator has
/// written for the types that it saw in use. The options are Oriel's for all of them, so that a type looks the same wherever it stands:
/// of those that a context has, its <see cref="JsonSerializerOptions.PropertyNamingPolicy"/> alone holds, for the members of its own types. Thread-safe.
/// </remarks>
public sealed class JsonTypes
{
    private static readonly Lock s_gate = new();
    private static volatile IJsonTypeInfoResolver[] s_generated = [];

    private readonly Lazy<JsonSerializerOptions> _options;

    /// <summary>Types of contexts, and of what Oriel's generator has written. An application has its own: <see cref="OrielApp.Json"/>.</summary>
    /// <param name="contexts">What is asked first, in this order.</param>
    public JsonTypes(params IEnumerable<IJsonTypeInfoResolver> contexts)
    {
        ArgumentNullException.ThrowIfNull(contexts);

        var resolver = new Resolver([.. contexts]);
        _options = new Lazy<JsonSerializerOptions>(() => new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = resolver,

            // Before what a context says of bytes: there they are text.
            Converters = { BodyJson.Bytes, BodyJson.Memory, BodyJson.ReadOnlyMemory, BodyJson.Stream, BodyJson.PipeReader },
        });
    }

    /// <summary>How the types are read and written; read-only once the first type has been asked for.</summary>
    public JsonSerializerOptions Options => _options.Value;

    /// <summary>Adds what the generator has written for an assembly. For generated code.</summary>
    public static void Register(IJsonTypeInfoResolver resolver)
    {
        ArgumentNullException.ThrowIfNull(resolver);

        lock (s_gate)
        {
            s_generated = [.. s_generated, resolver];
        }
    }

    /// <summary>The metadata of a type.</summary>
    /// <exception cref="InvalidOperationException">There is none; the message says how to make it.</exception>
    public JsonTypeInfo<T> Get<T>()
    {
        try
        {
            return (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
        }
        catch (NotSupportedException exception)
        {
            var name = typeof(T).Name;
            throw new InvalidOperationException(
                $"There is no JSON metadata for {typeof(T)}. Use it in a command so that the generator writes it, or add [JsonSerializable(typeof({name}))] to a JsonSerializerContext and pass that to builder.Json(...).",
                exception);
        }
    }

    // Asked anew for each type: an assembly that is loaded later registers later.
    private sealed class Resolver(IJsonTypeInfoResolver[] contexts) : IJsonTypeInfoResolver
    {
        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
        {
            foreach (var context in contexts)
            {
                if (context.GetTypeInfo(type, options) is { } own)
                {
                    NameMembers(own, context);
                    return own;
                }
            }

            foreach (var resolver in s_generated)
            {
                if (resolver.GetTypeInfo(type, options) is { } generated)
                {
                    return generated;
                }
            }

            return null;
        }

        // Metadata takes the names of the options that it is made for; those that the context gives are in what it makes for its own.
        private static void NameMembers(JsonTypeInfo type, IJsonTypeInfoResolver context)
        {
            if (context is not JsonSerializerContext { Options.PropertyNamingPolicy: not null } source
                || type.Kind != JsonTypeInfoKind.Object
                || source.GetTypeInfo(type.Type) is not { } named
                || named.Properties.Count != type.Properties.Count)
            {
                return;
            }

            for (var i = 0; i < named.Properties.Count; i++)
            {
                type.Properties[i].Name = named.Properties[i].Name;
            }
        }
    }
}
