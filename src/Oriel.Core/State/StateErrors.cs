using System.Buffers;
using Oriel.Ipc;

namespace Oriel;

/// <summary>What a page is told when it cannot have its way with a state.</summary>
internal static class StateErrors
{
    public static IpcException Unknown(string key) =>
        InvalidParams.At("$.key", $"There is no state \"{key}\". Make it in C# with app.State or window.State before a page uses it.");

    public static IpcException ReadOnly(string key) =>
        new(IpcErrorCode.Denied, $"Pages only read the state \"{key}\". If they should write it, give it StateOptions.IsWritable.");

    public static IpcException TooLarge(string key, int bytes, int most) =>
        new(IpcErrorCode.PayloadTooLarge, $"The value of the state \"{key}\" would have {bytes:N0} bytes as JSON; the limit is {most:N0} (IpcLimits.MaxMessageBytes). Keep what is large out of the state, and in a command.");

    public static IpcException Mismatch(string key, string? path, string reason) =>
        InvalidParams.At(path ?? "$", $"The value does not fit the state \"{key}\" at {path ?? "$"}: {reason}");

    /// <summary>The page changed another version than the current one, which it gets with the refusal.</summary>
    public static IpcException Conflict(string key, long version, StateSnapshot current)
    {
        var data = new ArrayBufferWriter<byte>();
        WriteSnapshot(data, current);
        return new IpcException(new IpcError(IpcErrorCode.Conflict, $"The state \"{key}\" has version {current.Version}; version {version} was changed.", data.WrittenMemory));
    }

    /// <summary>Writes <c>{"version","value"}</c>.</summary>
    public static void WriteSnapshot(IBufferWriter<byte> output, StateSnapshot snapshot)
    {
        output.Write("{\"version\":"u8);
        JsonText.WriteNumber(output, snapshot.Version);
        output.Write(",\"value\":"u8);
        output.Write(snapshot.Json.Span);
        output.Write("}"u8);
    }
}
