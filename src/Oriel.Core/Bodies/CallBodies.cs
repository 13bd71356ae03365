using System.Text.Json;
using Oriel.Ipc;

namespace Oriel;

/// <summary>The bytes of one call: those that its arguments name, and those that its answer parks.</summary>
internal sealed class CallBodies(BodyTable table, string? contentType, IpcCall call)
{
    private const string Unknown = "application/octet-stream";

    private readonly Dictionary<long, UpBody> _taken = [];
    private readonly HashSet<long> _named = [];
    private readonly List<long> _parked = [];

    /// <summary>The arguments are read from their beginning.</summary>
    public void BeginReading() => _named.Clear();

    /// <summary>The bytes that a reference names, as a stream; the same stream when the arguments are read again.</summary>
    /// <exception cref="JsonException">The reference stands twice in the arguments.</exception>
    public UpBody Open(BodyReference reference)
    {
        var body = Name(reference);
        if (body.Bytes is not null)
        {
            throw new InvalidOperationException("The bytes were read as a whole before, and are no stream any more.");
        }

        body.IsOpened = true;
        return body;
    }

    /// <summary>The bytes that a reference names.</summary>
    /// <exception cref="BodyPendingException">They have not arrived.</exception>
    /// <exception cref="JsonException">The reference stands twice in the arguments.</exception>
    public byte[] Bytes(BodyReference reference)
    {
        var body = Name(reference);
        if (body.IsOpened)
        {
            throw new InvalidOperationException("The bytes were opened as a stream before.");
        }

        return body.Bytes ?? throw new BodyPendingException(body);
    }

    /// <summary>The body that a reference names.</summary>
    public UpBody Take(BodyReference reference)
    {
        if (!_taken.TryGetValue(reference.Id, out var body))
        {
            body = table.Claim(reference);
            _taken.Add(reference.Id, body);
            body.EndWith(call.CancellationToken);
        }

        return body;
    }

    /// <summary>Parks bytes and writes the reference to them.</summary>
    public void Park(Utf8JsonWriter writer, ReadOnlyMemory<byte> bytes, string? type = null) => Park(writer, new DownBody(bytes, TypeOf(type)));

    /// <summary>Parks a stream and writes the reference to it.</summary>
    public void Park(Utf8JsonWriter writer, Stream stream, string? type = null)
    {
        DownBody body;
        try
        {
            body = new DownBody(stream, TypeOf(type));
        }
        catch
        {
            // An answer's stream is ours, also where it never becomes a body.
            stream.Dispose();
            throw;
        }

        Park(writer, body);
    }

    /// <summary>The command has ended. What its answer parked is the document's when the answer is on its way, and dropped when it cannot be sent.</summary>
    public void End(bool isAnswered)
    {
        if (!isAnswered)
        {
            Settle(isSent: false);
        }
        else if (_parked.Count > 0)
        {
            call.WhenAnswered(Settle);
        }

        foreach (var body in _taken.Values)
        {
            table.Release(body);
        }

        _taken.Clear();
    }

    // Two readers of one stream, or two owners of one array, are never what a page means.
    private UpBody Name(BodyReference reference) =>
        _named.Add(reference.Id) ? Take(reference) : throw new JsonException("The same bytes stand twice in these arguments. Pass them twice: each gets a number of its own.");

    private void Settle(bool isSent)
    {
        if (!isSent)
        {
            foreach (var id in _parked)
            {
                table.Discard(id);
            }
        }

        _parked.Clear();
    }

    private void Park(Utf8JsonWriter writer, DownBody body)
    {
        long id;
        if (BodyScope.Item is { } item)
        {
            id = item.Add(body);
        }
        else
        {
            id = table.Park(body);
            _parked.Add(id);
        }

        BodyReference.Write(writer, table.AddressOf(id), body);
    }

    private string TypeOf(string? type) => MediaType.Check(type ?? contentType ?? Unknown, nameof(type));
}
