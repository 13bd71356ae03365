using System.Security.Cryptography;
using System.Text;

namespace Oriel.Components;

/// <summary>The secret of a server: whoever shows it gets a cookie, by which the server knows that browser again.</summary>
/// <remarks>The cookie holds the browser's own name and what only the server can make of it, so that nothing has to be kept.</remarks>
internal sealed class ServeToken
{
    private const int NameBytes = 16;
    private const int MacBytes = 32;

    private readonly byte[] _hash;
    private readonly byte[] _key;

    /// <param name="token">The token; null for a random one of 256 bits.</param>
    public ServeToken(string? token)
    {
        Value = token ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var secret = Encoding.UTF8.GetBytes(Value);
        _hash = SHA256.HashData(secret);
        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, MacBytes, info: "oriel cookie"u8.ToArray());
    }

    /// <summary>The token, as it stands in the address.</summary>
    public string Value { get; }

    /// <summary>Compares in a time that tells nothing, not even the length.</summary>
    public bool IsToken(string? text) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(text ?? "")), _hash);

    /// <summary>Makes the cookie of a browser that has none.</summary>
    public string NewCookie()
    {
        Span<byte> cookie = stackalloc byte[NameBytes + MacBytes];
        RandomNumberGenerator.Fill(cookie[..NameBytes]);
        HMACSHA256.HashData(_key, cookie[..NameBytes], cookie[NameBytes..]);
        return Convert.ToHexStringLower(cookie);
    }

    /// <summary>The name of the browser that a cookie was made for; null when it was not made here.</summary>
    public string? BrowserOf(string? cookie)
    {
        Span<byte> bytes = stackalloc byte[NameBytes + MacBytes];
        if (cookie?.Length != bytes.Length * 2 || Convert.FromHexString(cookie, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return null;
        }

        Span<byte> mac = stackalloc byte[MacBytes];
        HMACSHA256.HashData(_key, bytes[..NameBytes], mac);
        return CryptographicOperations.FixedTimeEquals(mac, bytes[NameBytes..]) ? cookie[..(NameBytes * 2)] : null;
    }
}
