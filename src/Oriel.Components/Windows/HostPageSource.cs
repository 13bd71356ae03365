using System.Text;
using Oriel.Assets;

namespace Oriel.Components;

/// <summary>The page of components as an asset of the app: for its first address, and for all that its components route by themselves.</summary>
internal sealed class HostPageSource(AssetServer assets, ComponentsOptions options) : IAssetSource
{
    /// <summary>Where the page is; no address leads there but by the fallback.</summary>
    public const string Path = ".oriel/page.html";

    public bool IsImmediate => true;

    public Asset? Open(string path) =>
        path == Path ? new Asset(new MemoryStream(Encoding.UTF8.GetBytes(HostPage.Write(options, assets.Contains)), writable: false), MimeTypes.Find(path)!) : null;
}
