using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Oriel.Ipc;

namespace Oriel;

/// <summary>Applies a page's JSON patch (RFC 6902: replace, add and remove; pointers of RFC 6901) to the JSON of a state.</summary>
internal static class StatePatch
{
    private const int MaxOperations = 1_024;
    private const int MaxPointerLength = 4_096;
    private const int MaxPointerDepth = 128;

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1_000 };

    /// <returns>The changed JSON; what was given is left as it is.</returns>
    /// <exception cref="IpcException"><see cref="IpcErrorCode.InvalidParams"/>: the patch is none, or a path leads nowhere.</exception>
    public static byte[] Apply(string key, ReadOnlyMemory<byte> json, JsonElement patch)
    {
        if (patch.ValueKind != JsonValueKind.Array)
        {
            throw InvalidParams.At("$.patch", "A patch is an array of operations, each {op, path, value}.");
        }

        if (patch.GetArrayLength() > MaxOperations)
        {
            throw InvalidParams.At("$.patch", $"A patch has at most {MaxOperations:N0} operations; this one has {patch.GetArrayLength():N0}. Write the value instead.");
        }

        var root = JsonNode.Parse(json.Span, null, Deep);
        var index = 0;
        foreach (var operation in patch.EnumerateArray())
        {
            try
            {
                root = Apply(root, operation);
            }
            catch (Exception exception) when (exception is PatchException or InvalidOperationException or ArgumentException)
            {
                // Beside our own: a lone surrogate, and an object that has a member twice.
                throw InvalidParams.At($"$.patch[{index}]", $"Operation {index} does not fit the state \"{key}\": {exception.Message}");
            }

            index++;
        }

        using var changed = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(changed, new JsonWriterOptions { SkipValidation = true }))
        {
            if (root is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                root.WriteTo(writer);
            }
        }

        return changed.Span.ToArray();
    }

    private static JsonNode? Apply(JsonNode? root, JsonElement operation)
    {
        var op = Text(operation, "op");
        var pointer = Text(operation, "path");
        if (op is not ("replace" or "add" or "remove"))
        {
            throw new PatchException($"there is no \"{op}\"; there are replace, add and remove.");
        }

        JsonNode? value = null;
        if (op != "remove")
        {
            value = operation.TryGetProperty("value", out var given)
                ? JsonNode.Parse(JsonMarshal.GetRawUtf8Value(given), null, Deep)
                : throw new PatchException($"\"{op}\" needs a value.");
        }

        if (pointer.Length == 0)
        {
            return op == "remove" ? throw new PatchException("the whole value cannot be removed.") : value;
        }

        var tokens = Tokens(pointer);
        var target = root;
        foreach (var token in tokens[..^1])
        {
            target = target switch
            {
                JsonObject members when members.TryGetPropertyValue(token, out var member) => member,
                JsonArray items when Index(token, items.Count) is { } at => items[at],
                _ => throw Nowhere(pointer),
            };
        }

        var last = tokens[^1];
        switch (target)
        {
            case JsonObject members when op == "add" || members.ContainsKey(last):
                if (op == "remove")
                {
                    members.Remove(last);
                }
                else
                {
                    members[last] = value;
                }

                break;

            case JsonArray items when op == "add" && (last == "-" ? items.Count : Index(last, items.Count + 1)) is { } at:
                items.Insert(at, value);
                break;

            case JsonArray items when op != "add" && Index(last, items.Count) is { } at:
                if (op == "remove")
                {
                    items.RemoveAt(at);
                }
                else
                {
                    items[at] = value;
                }

                break;

            default:
                throw Nowhere(pointer);
        }

        return root;
    }

    private static string Text(JsonElement operation, string name) =>
        operation.ValueKind == JsonValueKind.Object && operation.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : throw new PatchException($"\"{name}\" is missing or no text.");

    private static string[] Tokens(string pointer)
    {
        if (pointer[0] != '/' || pointer.Length > MaxPointerLength)
        {
            throw new PatchException($"a path begins with \"/\" and has at most {MaxPointerLength:N0} characters.");
        }

        var tokens = pointer[1..].Split('/');
        if (tokens.Length > MaxPointerDepth)
        {
            throw new PatchException($"a path has at most {MaxPointerDepth} parts.");
        }

        return Array.ConvertAll(tokens, static token => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
    }

    // RFC 6901: digits without a zero in front.
    private static int? Index(string token, int count) =>
        token.Length is > 0 and <= 9 && token.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 && (token.Length == 1 || token[0] != '0') && int.Parse(token, System.Globalization.CultureInfo.InvariantCulture) is var index && index < count
            ? index
            : null;

    private static PatchException Nowhere(string pointer) => new($"the path \"{pointer}\" leads nowhere in it.");

    private sealed class PatchException(string message) : Exception(message);
}
