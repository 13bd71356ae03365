using Oriel.Assets;

namespace Oriel.Security;

/// <summary>The application's origins of lower trust.</summary>
/// <remarks>Thread-safe. An origin is there for the life of the application.</remarks>
public sealed class OriginRegistry
{
    private const int MaxOrigins = 64;
    private const int MaxNameLength = 32;

    private readonly Lock _gate = new();
    private volatile AppOrigin[] _origins = [];

    internal OriginRegistry()
    {
    }

    /// <summary>The origins, in the order in which they were added.</summary>
    public IReadOnlyList<AppOrigin> All => _origins;

    /// <summary>Adds an origin: <c>oriel://name/</c>. Before a window shows it.</summary>
    /// <param name="name">1 to 32 of a-z, 0-9 and <c>-</c>, beginning with a letter; not <c>app</c>.</param>
    /// <param name="assets">Adds its assets.</param>
    /// <exception cref="ArgumentException">The name does not fit or is taken, or there are too many origins.</exception>
    public AppOrigin Add(string name, Action<AssetServer>? assets = null)
    {
        ArgumentNullException.ThrowIfNull(name);

        if (name.Length is 0 or > MaxNameLength || !char.IsAsciiLetterLower(name[0]) || name.EndsWith('-') || !name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            throw new ArgumentException($"\"{name}\" cannot be an origin: its name has 1 to {MaxNameLength} of a-z, 0-9 and \"-\", begins with a letter and does not end with \"-\".", nameof(name));
        }

        var origin = new AppOrigin(name);
        assets?.Invoke(origin.Assets);

        lock (_gate)
        {
            if (name == BridgeAddress.Host || _origins.Any(other => other.Name == name))
            {
                throw new ArgumentException($"There is an origin {origin.Origin} already. Choose another name.", nameof(name));
            }

            if (_origins.Length == MaxOrigins)
            {
                throw new ArgumentException($"There are {MaxOrigins} origins, which is the limit.", nameof(name));
            }

            _origins = [.. _origins, origin];
        }

        return origin;
    }

    /// <summary>The one of an origin, as <c>oriel://name</c>; null when there is none.</summary>
    internal AppOrigin? Find(string origin)
    {
        foreach (var candidate in _origins)
        {
            if (candidate.Origin == origin)
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>The one that an address belongs to; null for what is the app's own, or foreign.</summary>
    internal AppOrigin? OriginOf(string address) => Origin.Of(address) is { } origin ? Find(origin) : null;
}
