namespace Oriel.Tests;

/// <summary>A folder for one test, removed when the test ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("oriel-").FullName;

    public string Join(string path) => System.IO.Path.Join(Path, path);

    public string Write(string path, string text = "inside")
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Join(path))!);
        File.WriteAllText(Join(path), text);
        return Join(path);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
