namespace Oriel.Ipc;

/// <summary>What a message carries: one JSON value, or bytes.</summary>
/// <param name="Memory">UTF-8 JSON without line feeds, empty for <c>null</c>; or the bytes.</param>
/// <param name="IsBinary">Whether it is bytes rather than JSON.</param>
public readonly record struct IpcPayload(ReadOnlyMemory<byte> Memory, bool IsBinary = false)
{
    /// <summary>The content as it lies in memory.</summary>
    public ReadOnlySpan<byte> Span => Memory.Span;

    /// <summary>Makes a payload of bytes, which cross as they are to a peer that takes binary frames.</summary>
    public static IpcPayload FromBytes(ReadOnlyMemory<byte> bytes) => new(bytes, IsBinary: true);

    /// <summary>Makes a payload of JSON in UTF-8.</summary>
    public static IpcPayload FromJson(ReadOnlyMemory<byte> utf8) => new(utf8);

    /// <summary>Takes JSON in UTF-8 for a payload.</summary>
    public static implicit operator IpcPayload(ReadOnlyMemory<byte> utf8Json) => FromJson(utf8Json);

    /// <summary>Takes JSON in UTF-8 for a payload.</summary>
    public static implicit operator IpcPayload(byte[] utf8Json) => FromJson(utf8Json);

    /// <summary>Takes JSON in UTF-8 for a payload.</summary>
    public static implicit operator IpcPayload(Memory<byte> utf8Json) => FromJson(utf8Json);
}
