namespace Oriel.Ipc;

/// <summary>The <c>error</c> member of the envelope.</summary>
/// <param name="Code">See <see cref="IpcErrorCode"/>; a command may use numbers of its own.</param>
/// <param name="Message">For the person who reads it: what was attempted, what was found.</param>
/// <param name="Data">More about it, as UTF-8 JSON; empty for none.</param>
public sealed record IpcError(int Code, string Message, ReadOnlyMemory<byte> Data = default)
{
    /// <summary>Creates an error of a code that Oriel names.</summary>
    public IpcError(IpcErrorCode code, string message, ReadOnlyMemory<byte> data = default)
        : this((int)code, message, data)
    {
    }
}
