using System.Text;
using Oriel.Ipc;

namespace Oriel;

/// <summary>The stamp that the isolated script puts in front of what it posts: <c>document-id origin LF lines</c>.</summary>
/// <remarks>The engine's message carries neither, and the address of the view races with navigation.</remarks>
internal static class BridgePost
{
    private const int MaxHeader = 1_024;

    public static bool TryRead(ReadOnlyMemory<byte> message, out string documentId, out string origin, out ReadOnlyMemory<byte> lines)
    {
        documentId = origin = "";
        lines = default;

        var end = message.Span[..Math.Min(message.Length, MaxHeader)].IndexOf((byte)'\n');
        var space = end < 0 ? -1 : message.Span[..end].IndexOf((byte)' ');
        if (space is < 16 or > 64)
        {
            return false;
        }

        documentId = Encoding.UTF8.GetString(message.Span[..space]);
        origin = Encoding.UTF8.GetString(message.Span[(space + 1)..end]);
        lines = message[(end + 1)..];
        return true;
    }

    /// <summary>Whether a post is of this document and origin, without making strings of them.</summary>
    public static bool IsFrom(ReadOnlySpan<byte> message, byte[] stamp) => message.StartsWith(stamp);

    /// <summary>The reply that the isolated script reads as the refusal of everything in a post.</summary>
    public static byte[] RefusalOf(IpcError error) => Encoding.UTF8.GetBytes($"!{error.Code} {error.Message}");

    public static byte[] StampOf(string documentId, string origin) => Encoding.UTF8.GetBytes($"{documentId} {origin}\n");
}
