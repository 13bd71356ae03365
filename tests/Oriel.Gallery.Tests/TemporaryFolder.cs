namespace Oriel.Gallery.Tests;

/// <summary>A folder for one test, removed when the test ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("gallery-").FullName;

    public string Join(string path) => System.IO.Path.Join(Path, path);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Join(path))!);
        File.WriteAllText(Join(path), text);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
