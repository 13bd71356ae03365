using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.Extensions.Configuration;
using Oriel.Assets;

namespace Oriel.Components;

/// <summary>The static assets of a program: its <c>wwwroot</c>, its isolated styles and scripts, and what its packages bring along.</summary>
internal static class StaticWebAssets
{
    /// <summary>The assets of a program; null when it has none.</summary>
    /// <param name="name">The name of its assembly.</param>
    /// <param name="folder">The folder that it is in.</param>
    public static IAssetSource? Find(string name, string folder)
    {
        if (Manifest(name, folder) is { } manifest)
        {
            return new FileProviderAssetSource(FilesOf(manifest, name, folder));
        }

        var published = Path.Join(folder, "wwwroot");
        return Directory.Exists(published) ? new FolderAssetSource(published) : null;
    }

    /// <summary>The manifest that a build leaves beside the program, and publishing does not: where the files are that it would gather.</summary>
    public static string? Manifest(string name, string folder)
    {
        var path = Path.GetFullPath(Path.Join(folder, $"{name}.staticwebassets.runtime.json"));
        return File.Exists(path) ? path : null;
    }

    private static Microsoft.Extensions.FileProviders.IFileProvider FilesOf(string manifest, string name, string folder)
    {
        var environment = new AssetEnvironment(name, folder);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create(WebHostDefaults.StaticWebAssetsKey, (string?)manifest)])
            .Build();
        StaticWebAssetsLoader.UseStaticWebAssets(environment, configuration);
        return environment.WebRootFileProvider;
    }
}
