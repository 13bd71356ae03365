using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Oriel.Generators;

/// <summary>Short names for long texts, the same in every build.</summary>
internal static class StableHash
{
    /// <summary>Sixteen hexadecimal digits that tell a text from others.</summary>
    public static string Of(string text)
    {
        using var hash = SHA256.Create();
        return string.Concat(hash.ComputeHash(Encoding.UTF8.GetBytes(text)).Take(8).Select(static value => value.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
