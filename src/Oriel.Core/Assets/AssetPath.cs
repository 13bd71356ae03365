using System.Text;

namespace Oriel.Assets;

/// <summary>Turns the path of an address into the path of an asset, or refuses it.</summary>
/// <remarks>
/// Decoded exactly once, and then checked; nothing decodes it again. What is refused has no meaning inside of a source on any
/// platform: <c>..</c>, back-slashes, NUL and control characters, colons (drives and alternate streams), empty and hidden segments,
/// invalid UTF-8, and a percent sign that survived decoding (a path encoded twice).
/// </remarks>
internal static class AssetPath
{
    private const int MaxLength = 2_048;

    public static string? Parse(string encoded)
    {
        if (encoded.Length is 0 or > MaxLength || encoded[0] != '/')
        {
            return null;
        }

        if (encoded == "/")
        {
            return "";
        }

        var path = Decode(encoded.AsSpan(1));
        return path is not null && IsSafe(path) ? path : null;
    }

    private static bool IsSafe(string path)
    {
        foreach (var c in path)
        {
            if (c < ' ' || c is '\\' or ':' or '%' or '\x7f')
            {
                return false;
            }
        }

        // A trailing slash leaves one empty segment, which is refused: a folder is not an asset.
        return path.Split('/').All(static segment => segment.Length > 0 && segment[0] != '.' && segment[^1] is not ('.' or ' '));
    }

    private static string? Decode(ReadOnlySpan<char> encoded)
    {
        Span<byte> bytes = encoded.Length <= 256 ? stackalloc byte[encoded.Length * 3] : new byte[encoded.Length * 3];
        var length = 0;

        while (!encoded.IsEmpty)
        {
            if (encoded[0] == '%')
            {
                if (encoded.Length < 3 || !char.IsAsciiHexDigit(encoded[1]) || !char.IsAsciiHexDigit(encoded[2]))
                {
                    return null;
                }

                bytes[length++] = Convert.FromHexString(encoded.Slice(1, 2))[0];
                encoded = encoded[3..];
                continue;
            }

            // Up to the next percent sign at once: a character may consist of two of these.
            var end = encoded.IndexOf('%');
            var plain = end < 0 ? encoded : encoded[..end];
            length += Encoding.UTF8.GetBytes(plain, bytes[length..]);
            encoded = encoded[plain.Length..];
        }

        return System.Text.Unicode.Utf8.IsValid(bytes[..length]) ? Encoding.UTF8.GetString(bytes[..length]) : null;
    }
}
