namespace Oriel.Packages.Tests;

/// <summary>A folder with the packages of this checkout, of a version that nothing has seen before.</summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("oriel-packages-").FullName;

    public string Version { get; } = $"0.0.0-test.{DateTime.UtcNow.Ticks}";

    public async ValueTask InitializeAsync() => await Command.RunAsync(Repository.Root, "bash", "eng/pack", Path.Combine(_folder, "feed"), Version);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Makes an empty folder that knows the feed, as a user's would.</summary>
    /// <remarks>What it restores stays in it; packages that are not ours are taken from the machine's own folder when they are there.</remarks>
    public string CreateFolder(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        var installed = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="{Path.Combine(_folder, "restored")}" />
              </config>
              <packageSources>
                <add key="oriel" value="{Path.Combine(_folder, "feed")}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="installed" value="{installed}" />
              </fallbackPackageFolders>
            </configuration>
            """);
        return folder;
    }
}
