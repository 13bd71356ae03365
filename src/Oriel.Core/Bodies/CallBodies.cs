using System.Text.Json;

namespace Oriel;

/// <summary>The bytes of one call: those that its arguments name, and those that its answer parks.</summary>
internal sealed class CallBodies(BodyTable table, string? contentType)
{
    private const string Unknown = "application/octet-stream";

    private readonly Dictionary<long, UpBody> _taken = [];
    private readonly List<long> _parked = [];

    /// <summary>The bytes that a reference names, as a stream; the same stream when the arguments are read again.</summary>
    public UpBody Open(BodyReference reference)
    {
        var body = Take(reference);
        body.IsOpened = true;
        return body;
    }

    /// <summary>The bytes that a reference names.</summary>
    /// <exception cref="BodyPendingException">They have not arrived.</exception>
    public byte[] Bytes(BodyReference reference)
    {
        var body = Take(reference);
        if (body.IsOpened)
        {
            throw new JsonException("The same bytes are a stream elsewhere in these arguments.");
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
        }

        return body;
    }

    /// <summary>Parks bytes and writes the reference to them.</summary>
    public void Park(Utf8JsonWriter writer, ReadOnlyMemory<byte> bytes, string? type = null) => Park(writer, new DownBody(bytes, TypeOf(type)));

    /// <summary>Parks a stream and writes the reference to it.</summary>
    public void Park(Utf8JsonWriter writer, Stream stream, string? type = null) => Park(writer, new DownBody(stream, TypeOf(type)));

    /// <summary>What is parked is on its way to the page, and the document's from here on.</summary>
    public void HandOver() => _parked.Clear();

    /// <summary>The call is over.</summary>
    public void End(bool isAnswered)
    {
        if (!isAnswered)
        {
            foreach (var id in _parked)
            {
                table.Discard(id);
            }
        }

        _parked.Clear();
        foreach (var body in _taken.Values)
        {
            table.Release(body);
        }

        _taken.Clear();
    }

    private void Park(Utf8JsonWriter writer, DownBody body)
    {
        var id = table.Park(body);
        _parked.Add(id);
        BodyReference.Write(writer, table.AddressOf(id), body);
    }

    private string TypeOf(string? type) => MediaType.Check(type ?? contentType ?? Unknown, nameof(type));
}
