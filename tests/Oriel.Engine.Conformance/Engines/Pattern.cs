using System.Security.Cryptography;

namespace Oriel.Engine.Conformance;

/// <summary>Bytes that a page and a test can both make: a piece that is lost, doubled or moved shows.</summary>
internal static class Pattern
{
    public static byte[] Of(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)((i * 31) + (i >> 8) + (i >> 16));
        }

        return bytes;
    }

    public static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static BytesSeen Seen(string kind, int length) => new(kind, length, HashOf(Of(length)));
}
