namespace Oriel.Assets;

/// <summary>Where assets come from.</summary>
public interface IAssetSource
{
    /// <summary>Whether <see cref="Open"/> only looks into memory, so that the UI thread may call it.</summary>
    bool IsImmediate { get; }

    /// <summary>Opens an asset; null when there is none of that path.</summary>
    /// <param name="path">Decoded and checked, relative, with slashes: <c>css/site.css</c>.</param>
    Asset? Open(string path);
}
