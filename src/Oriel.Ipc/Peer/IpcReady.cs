using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Oriel.Ipc;

/// <summary>What a peer says that it offers: the <c>data</c> of a <c>ready</c>.</summary>
/// <param name="Handlers">The methods that may be called.</param>
/// <param name="Wire">What the sender can read beyond JSON.</param>
public sealed record IpcReady(IReadOnlyList<string> Handlers, IReadOnlyList<string> Wire)
{
    /// <summary>The wire feature of binary frames.</summary>
    public const string BinaryFrames = "bin1";

    /// <summary>The wire feature of payloads in shared memory.</summary>
    public const string SharedMemory = "shm1";

    /// <summary>The most handlers that a peer may announce.</summary>
    public const int MaxHandlers = 4_096;

    private const int MaxWire = 16;

    /// <summary>Reads the payload of a <c>ready</c>. Members that are missing or of another kind offer nothing.</summary>
    /// <param name="json">The payload, which the channel has checked.</param>
    /// <param name="limits">What is accepted: a name that is longer, or empty, or holds control characters makes it unreadable.</param>
    /// <param name="ready">What is offered.</param>
    public static bool TryRead(ReadOnlySpan<byte> json, IpcLimits limits, [NotNullWhen(true)] out IpcReady? ready)
    {
        ArgumentNullException.ThrowIfNull(limits);
        List<string> handlers = [];
        List<string> wire = [];
        ready = new IpcReady(handlers, wire);
        if (json.IsEmpty)
        {
            return true;
        }

        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = limits.MaxDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return true;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (list, limit) = reader.ValueTextEquals("handlers"u8) ? (handlers, MaxHandlers)
                    : reader.ValueTextEquals("wire"u8) ? (wire, MaxWire)
                    : (null, 0);
                reader.Read();

                if (list is null || reader.TokenType != JsonTokenType.StartArray)
                {
                    reader.Skip();
                    continue;
                }

                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (reader.TokenType == JsonTokenType.String && list.Count < limit)
                    {
                        if (reader.ValueSpan.Length > limits.MaxNameBytes || reader.GetString() is not { Length: > 0 } name || name.Any(char.IsControl))
                        {
                            ready = null;
                            return false;
                        }

                        list.Add(name);
                    }

                    reader.Skip();
                }
            }

            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair in a name, as a rule.
            ready = null;
            return false;
        }
    }

    /// <summary>Writes the payload of a <c>ready</c>.</summary>
    public byte[] ToJson()
    {
        var json = new ArrayBufferWriter<byte>();
        json.Write("{\"handlers\":["u8);
        WriteList(json, Handlers);
        if (Wire.Count > 0)
        {
            json.Write("],\"wire\":["u8);
            WriteList(json, Wire);
        }

        json.Write("]}"u8);
        return json.WrittenSpan.ToArray();
    }

    private static void WriteList(ArrayBufferWriter<byte> json, IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (i > 0)
            {
                json.Write(","u8);
            }

            JsonText.WriteString(json, names[i]);
        }
    }
}
