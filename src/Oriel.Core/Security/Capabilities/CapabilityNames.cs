using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Oriel.Security;

/// <summary>What capabilities, windows, origins and patterns may look like.</summary>
internal static class CapabilityNames
{
    public const int MaxPatternBytes = 256;

    // Nothing but the origin: what hides a host in a user name, or means a folder, is a mistake here.
    private static readonly SearchValues<char> NotOfAnOrigin = SearchValues.Create("/?#@*\\% \t\r\n");

    public const int MaxNameLength = 64;

    public static void CheckCapability(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsName(name))
        {
            throw new ArgumentException($"\"{name}\" cannot be a capability: its name has 1 to {MaxNameLength} letters (a-z), digits, or any of \". - _ :\".", nameof(name));
        }
    }

    public static void CheckWindow(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsName(name))
        {
            throw new ArgumentException($"\"{name}\" cannot be the name of a window: it has 1 to {MaxNameLength} letters (a-z), digits, or any of \". - _ :\".", nameof(name));
        }
    }

    public static void CheckGrant(CapabilityGrant grant)
    {
        if (grant.Window is { } window)
        {
            CheckWindow(window);
        }

        foreach (var capability in grant.Capabilities)
        {
            CheckCapability(capability);
        }
    }

    /// <summary>The origin as browsers write it.</summary>
    public static string CheckOrigin(string origin) =>
        TryReadOrigin(origin, out var read)
            ? read
            : throw new ArgumentException($"\"{origin}\" is not an origin. Write scheme, host and, where it is not the scheme's own, port: https://example.com. There are no wildcards.", nameof(origin));

    public static bool TryReadOrigin(string text, [NotNullWhen(true)] out string? origin)
    {
        origin = Origin.Of(text);
        if (origin is not null && text.AsSpan(text.IndexOf("://", StringComparison.Ordinal) + 3).ContainsAny(NotOfAnOrigin))
        {
            origin = null;
        }

        return origin is not null;
    }

    public static void CheckPattern(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);

        if (pattern.Length == 0 || Encoding.UTF8.GetByteCount(pattern) > MaxPatternBytes || pattern.AsSpan().IndexOfAnyInRange('\0', '\x1f') >= 0)
        {
            throw new ArgumentException($"A name or a pattern has 1 to {MaxPatternBytes} bytes, without control characters.", nameof(pattern));
        }

        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        if (star >= 0 && (star != pattern.Length - 1 || (star > 0 && !NamePatterns.IsSeparator(pattern[star - 1]))))
        {
            throw new ArgumentException($"\"{pattern}\" is not a pattern. A star stands at the end, alone or behind one of \". : | /\": \"scans.*\". Without a star it is one name.", nameof(pattern));
        }
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ':');
}
