namespace Oriel.Ipc;

/// <summary>What a message is: the <c>type</c> member of the envelope.</summary>
public enum IpcMessageKind : byte
{
    /// <summary>A type that this version does not know; it is ignored.</summary>
    Unknown,

    /// <summary>A call that wants an answer: <c>id</c>, <c>method</c>, <c>data</c>.</summary>
    Request,

    /// <summary>The answer to a request: <c>id</c>, and <c>data</c> or <c>error</c>.</summary>
    Response,

    /// <summary>A notification: <c>event</c>, <c>data</c>.</summary>
    Event,

    /// <summary>Asks whether the peer is alive.</summary>
    Ping,

    /// <summary>Answers a ping.</summary>
    Pong,

    /// <summary>Free data without a name (RFC 0011).</summary>
    Data,

    /// <summary>The peer is ready; <c>data</c> holds what it offers.</summary>
    Ready,

    /// <summary>Cancels the request of that <c>id</c>.</summary>
    Cancel,

    /// <summary>An item of the stream that answers the request of that <c>id</c>.</summary>
    Next,

    /// <summary>The end of the stream of that <c>id</c>, with <c>error</c> when it failed.</summary>
    Done,

    /// <summary>Allows the sender of the stream of that <c>id</c> so many items more (<c>data</c>: a whole number).</summary>
    Credit,
}
