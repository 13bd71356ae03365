namespace Oriel.Ipc;

/// <summary>Why something failed: JSON-RPC 2.0's numbers for what it names, and its server range for the rest.</summary>
public enum IpcErrorCode
{
    /// <summary>The text is not JSON.</summary>
    ParseError = -32700,

    /// <summary>JSON, but not a message.</summary>
    InvalidRequest = -32600,

    /// <summary>No command of that name.</summary>
    MethodNotFound = -32601,

    /// <summary>The arguments are not what the command takes.</summary>
    InvalidParams = -32602,

    /// <summary>The command failed.</summary>
    InternalError = -32603,

    /// <summary>No answer in time.</summary>
    Timeout = -32001,

    /// <summary>The caller, or the end of its document, cancelled the call.</summary>
    Cancelled = -32002,

    /// <summary>The caller may not do that.</summary>
    Denied = -32003,

    /// <summary>The channel is closing and takes nothing new.</summary>
    ShuttingDown = -32004,

    /// <summary>The message is larger than the limit.</summary>
    PayloadTooLarge = -32005,

    /// <summary>Too much is under way already.</summary>
    Busy = -32006,

    /// <summary>The peer is gone.</summary>
    Disconnected = -32007,

    /// <summary>What was to be changed has changed in the meantime.</summary>
    Conflict = -32008,
}
