using System.Buffers;
using Oriel.Ipc;

namespace Oriel;

/// <summary>Says what exists where something that does not was asked for.</summary>
internal static class AvailableNames
{
    // An error is read by people.
    private const int MaxNames = 20;

    /// <summary>Creates an error that lists the names, for people in its text and for programs as <c>{"available":[...]}</c>.</summary>
    public static IpcError Error(string message, IReadOnlyCollection<string> names)
    {
        var sorted = names.Order(StringComparer.Ordinal).Take(MaxNames).ToArray();
        var listed = sorted.Length == 0 ? "There are none." : $"There are: {string.Join(", ", sorted)}{(names.Count > MaxNames ? ", ..." : "")}.";

        var json = new ArrayBufferWriter<byte>();
        json.Write("{\"available\":["u8);
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i > 0)
            {
                json.Write(","u8);
            }

            JsonText.WriteString(json, sorted[i]);
        }

        json.Write("]}"u8);
        return new IpcError(IpcErrorCode.MethodNotFound, $"{message} {listed}", json.WrittenMemory);
    }
}
