namespace Oriel.Ipc;

/// <summary>A message of the envelope that every hop carries (RFC 0011).</summary>
/// <remarks>
/// <see cref="Data"/> is raw UTF-8 JSON: whoever only passes a message on builds no objects from it. A message that a
/// channel hands out points into the channel's buffer and is valid until the receiver returns; copy what must live longer.
/// </remarks>
public readonly record struct IpcMessage
{
    /// <summary>What the message is.</summary>
    public IpcMessageKind Kind { get; init; }

    /// <summary>The request that this message belongs to.</summary>
    public IpcId Id { get; init; }

    /// <summary>The method of a request, the name of an event; empty otherwise.</summary>
    public string Name { get => field ?? ""; init; }

    /// <summary>The payload: one JSON value in UTF-8, empty when the envelope has none, which means <c>null</c>; or bytes (<see cref="IsBinary"/>).</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Whether <see cref="Data"/> is bytes rather than JSON. Only a peer that offered to read them gets any.</summary>
    public bool IsBinary { get; init; }

    /// <summary>Whether <see cref="Data"/> only says where in shared memory the bytes are; never of a message that is handed out.</summary>
    internal bool IsShared { get; init; }

    /// <summary>The payload with what it is.</summary>
    public IpcPayload Payload => new(Data, IsBinary);

    /// <summary>Why a request or a stream failed.</summary>
    public IpcError? Error { get; init; }

    /// <summary>
    /// Of a request: how many items of a stream the caller takes at once; zero when it wants a single answer.
    /// </summary>
    public int Credit { get; init; }

    /// <summary>The envelope as it was read, with the members that this version does not know; empty when it was not read.</summary>
    public ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>Creates a request.</summary>
    public static IpcMessage Request(IpcId id, string method, IpcPayload data, int credit = 0) =>
        new() { Kind = IpcMessageKind.Request, Id = id, Name = method, Data = data.Memory, IsBinary = data.IsBinary, Credit = credit };

    /// <summary>Creates the answer to a request.</summary>
    public static IpcMessage Response(IpcId id, IpcPayload data) =>
        new() { Kind = IpcMessageKind.Response, Id = id, Data = data.Memory, IsBinary = data.IsBinary };

    /// <summary>Creates the answer to a request that failed.</summary>
    public static IpcMessage Failure(IpcId id, IpcError error) =>
        new() { Kind = IpcMessageKind.Response, Id = id, Error = error };

    /// <summary>Creates an event.</summary>
    public static IpcMessage Event(string name, IpcPayload data) =>
        new() { Kind = IpcMessageKind.Event, Name = name, Data = data.Memory, IsBinary = data.IsBinary };
}
