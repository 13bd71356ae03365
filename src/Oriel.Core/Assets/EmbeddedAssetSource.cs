using System.Reflection;

namespace Oriel.Assets;

/// <summary>Assets that are resources of an assembly.</summary>
/// <remarks>
/// A resource's logical name is <c>prefix/path</c>:
/// <c>&lt;EmbeddedResource Include="web/**" LogicalName="web/%(RecursiveDir)%(Filename)%(Extension)" /&gt;</c>.
/// </remarks>
public sealed class EmbeddedAssetSource : IAssetSource
{
    private readonly Assembly _assembly;
    private readonly Dictionary<string, string> _names;
    private readonly string _entityTag;

    /// <summary>Creates the source of the resources whose names begin with a prefix and a slash.</summary>
    public EmbeddedAssetSource(Assembly assembly, string prefix)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentException.ThrowIfNullOrEmpty(prefix);

        var start = prefix.TrimEnd('/') + "/";
        _assembly = assembly;
        _names = assembly.GetManifestResourceNames()
            .Where(name => name.Replace('\\', '/').StartsWith(start, StringComparison.Ordinal))
            .ToDictionary(name => name.Replace('\\', '/')[start.Length..], StringComparer.Ordinal);
        _entityTag = $"\"{assembly.ManifestModule.ModuleVersionId:N}\"";

        if (_names.Count == 0)
        {
            throw new ArgumentException($"{assembly.GetName().Name} has no resource whose name begins with \"{start}\". Set LogicalName on its <EmbeddedResource> items.", nameof(prefix));
        }
    }

    /// <inheritdoc/>
    public bool IsImmediate => true;

    /// <inheritdoc/>
    public Asset? Open(string path) =>
        _names.TryGetValue(path, out var name) && _assembly.GetManifestResourceStream(name) is { } content
            ? new Asset(content, MimeTypes.Find(path) ?? MimeTypes.Unknown, _entityTag)
            : null;
}
