namespace Oriel.Security;

/// <summary>The origin of an address: scheme, host and port, compared as a whole.</summary>
/// <remarks>Never a prefix, never a suffix: <c>http://app.evil.example</c> begins like <c>http://app</c> and is somebody else.</remarks>
internal static class Origin
{
    /// <summary>The origin of an address, as <c>location.origin</c> writes it; null for one that has none (<c>data:</c>, <c>about:</c>).</summary>
    public static string? Of(string address)
    {
        // System.Uri finds a host in mailto:user@host, and takes oriel:\\app for oriel://app; a browser does neither.
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || !address.StartsWith($"{uri.Scheme}://", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        return uri.IsDefaultPort || uri.Port < 0 ? $"{uri.Scheme}://{host}" : $"{uri.Scheme}://{host}:{uri.Port}";
    }
}
