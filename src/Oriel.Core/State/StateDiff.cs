using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Oriel.Ipc;

namespace Oriel;

/// <summary>Finds a JSON patch between two values of a state.</summary>
/// <remarks>
/// Both are written by the same serializer, so that what is the same has the same bytes, and comparing is cheap. The search gives
/// up as soon as the patch is not clearly smaller than the value, or costs too much to find.
/// </remarks>
internal sealed class StateDiff
{
    // Below this a message is mostly its envelope.
    private const int SmallestValue = 256;

    // Reading both values costs time in proportion, a patch or not.
    private const int LargestValue = 8 * 1024 * 1024;

    private const int MaxOperations = 512;
    private const int MaxVisits = 100_000;

    // A page walks these by recursion, as this does.
    private const int MaxDepth = 100;

    private readonly Utf8JsonWriter _writer;
    private readonly StringBuilder _path = new();
    private readonly int _mostBytes;
    private int _operations;
    private int _visits;

    private StateDiff(Utf8JsonWriter writer, int mostBytes)
    {
        _writer = writer;
        _mostBytes = mostBytes;
    }

    /// <returns>The patch; empty when the value should be sent instead.</returns>
    public static byte[] Compare(ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> now)
    {
        if (now.Length < SmallestValue || now.Length > LargestValue || before.Length > LargestValue)
        {
            return [];
        }

        var options = new JsonDocumentOptions { MaxDepth = 1_000 };
        using var first = JsonDocument.Parse(before, options);
        using var second = JsonDocument.Parse(now, options);
        using var patch = new PooledBuffer();
        using var writer = new Utf8JsonWriter(patch, new JsonWriterOptions { SkipValidation = true });
        var diff = new StateDiff(writer, now.Length / 2);

        writer.WriteStartArray();
        var isFound = diff.TryCompare(first.RootElement, second.RootElement, 0);
        writer.WriteEndArray();
        writer.Flush();
        return isFound && patch.Length <= diff._mostBytes ? patch.Span.ToArray() : [];
    }

    private bool TryCompare(JsonElement before, JsonElement now, int depth)
    {
        if (++_visits > MaxVisits || depth > MaxDepth)
        {
            return false;
        }

        if (IsSame(before, now))
        {
            return true;
        }

        return (before.ValueKind, now.ValueKind) switch
        {
            (JsonValueKind.Object, JsonValueKind.Object) => TryCompareObjects(before, now, depth),
            (JsonValueKind.Array, JsonValueKind.Array) => TryCompareArrays(before, now, depth),

            // The whole value is sent as such.
            _ => depth > 0 && TryWrite("replace", now),
        };
    }

    private bool TryCompareObjects(JsonElement before, JsonElement now, int depth)
    {
        var left = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in before.EnumerateObject())
        {
            if (++_visits > MaxVisits || !left.TryAdd(member.Name, member.Value))
            {
                return false;
            }
        }

        foreach (var member in now.EnumerateObject())
        {
            var length = Enter(member.Name);
            var isDone = left.Remove(member.Name, out var old) ? TryCompare(old, member.Value, depth + 1) : TryWrite("add", member.Value);
            _path.Length = length;

            if (!isDone)
            {
                return false;
            }
        }

        foreach (var name in left.Keys)
        {
            var length = Enter(name);
            var isDone = TryWrite("remove", null);
            _path.Length = length;

            if (!isDone)
            {
                return false;
            }
        }

        return true;
    }

    // What is alike at both ends stays; what lies between is compared place by place, and the rest put in or taken out.
    private bool TryCompareArrays(JsonElement before, JsonElement now, int depth)
    {
        JsonElement[] old = [.. before.EnumerateArray()];
        JsonElement[] items = [.. now.EnumerateArray()];
        _visits += old.Length;

        var start = 0;
        while (start < old.Length && start < items.Length && IsSame(old[start], items[start]))
        {
            start++;
        }

        var end = 0;
        while (end < old.Length - start && end < items.Length - start && IsSame(old[^(end + 1)], items[^(end + 1)]))
        {
            end++;
        }

        var common = Math.Min(old.Length, items.Length) - end;
        for (var i = start; i < common; i++)
        {
            var length = Enter($"{i}");
            var isDone = TryCompare(old[i], items[i], depth + 1);
            _path.Length = length;

            if (!isDone)
            {
                return false;
            }
        }

        for (var i = Math.Max(common, start); i < items.Length - end; i++)
        {
            var length = Enter($"{i}");
            var isDone = TryWrite("add", items[i]);
            _path.Length = length;

            if (!isDone)
            {
                return false;
            }
        }

        // From the back, so that the places before it stay what they are.
        for (var i = old.Length - end - 1; i >= Math.Max(common, start); i--)
        {
            var length = Enter($"{i}");
            var isDone = TryWrite("remove", null);
            _path.Length = length;

            if (!isDone)
            {
                return false;
            }
        }

        return true;
    }

    private int Enter(string name)
    {
        var length = _path.Length;
        _path.Append('/').Append(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        return length;
    }

    private bool TryWrite(string op, JsonElement? value)
    {
        if (++_operations > MaxOperations)
        {
            return false;
        }

        _writer.WriteStartObject();
        _writer.WriteString("op"u8, op);
        _writer.WriteString("path"u8, _path.ToString());
        if (value is { } element)
        {
            _writer.WritePropertyName("value"u8);
            _writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(element), skipInputValidation: true);
        }

        _writer.WriteEndObject();
        return _writer.BytesCommitted + _writer.BytesPending <= _mostBytes;
    }

    private static bool IsSame(JsonElement first, JsonElement second) =>
        JsonMarshal.GetRawUtf8Value(first).SequenceEqual(JsonMarshal.GetRawUtf8Value(second));
}
