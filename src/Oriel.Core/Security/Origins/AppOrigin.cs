using Oriel.Assets;

namespace Oriel.Security;

/// <summary>An origin of lower trust: pages that the application brings but does not trust as its own.</summary>
/// <remarks>
/// Its documents have no bridge unless capabilities are granted to <see cref="Origin"/>. They load their own assets and nothing of the
/// app's, nor of its schemes; a window that shows them has a web process apart from the app's windows, and shows nothing of the app's own.
/// </remarks>
public sealed class AppOrigin
{
    // A page can ask for ever.
    private const int MaxLogged = 16;

    private int _logged;

    internal AppOrigin(string name)
    {
        Name = name;
        Origin = $"{BridgeAddress.Scheme}://{name}";
    }

    /// <summary>The name, which is the host of its addresses.</summary>
    public string Name { get; }

    /// <summary>The origin, <c>oriel://name</c>; with a path behind it, what a window can load.</summary>
    public string Origin { get; }

    /// <summary>What its pages are loaded from.</summary>
    public AssetServer Assets { get; } = new();

    /// <summary>The Content-Security-Policy of its pages; the default allows its own files alone.</summary>
    public string ContentSecurityPolicy { get; set; } = Security.ContentSecurityPolicy.Default([]);

    /// <summary>Whether one more refused request of its pages may be logged.</summary>
    internal bool MayLogRefusal() => Volatile.Read(ref _logged) < MaxLogged && Interlocked.Increment(ref _logged) <= MaxLogged;
}
