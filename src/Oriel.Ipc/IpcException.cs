namespace Oriel.Ipc;

/// <summary>A call, a message or a channel failed.</summary>
/// <remarks>Thrown by a command, its <see cref="Error"/> is the caller's answer word for word.</remarks>
public sealed class IpcException : Exception
{
    /// <summary>Creates the exception of an error.</summary>
    public IpcException(IpcError error)
        : base((error ?? throw new ArgumentNullException(nameof(error))).Message) => Error = error;

    /// <summary>Creates the exception of a code.</summary>
    public IpcException(IpcErrorCode code, string message)
        : this(new IpcError(code, message))
    {
    }

    /// <summary>Creates the exception of a code, with its cause.</summary>
    public IpcException(IpcErrorCode code, string message, Exception inner)
        : base(message, inner) => Error = new IpcError(code, message);

    /// <summary>The error as it crosses the wire.</summary>
    public IpcError Error { get; }

    /// <summary>The code, when it is one that Oriel names.</summary>
    public IpcErrorCode Code => (IpcErrorCode)Error.Code;
}
