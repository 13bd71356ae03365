namespace Oriel.Build.Tests;

/// <summary>A folder named by what it proves: a manifest, the TypeScript that it becomes, and a page's code that uses it.</summary>
internal sealed class GoldenCase
{
    // Those of the renderer, and those whose manifests the generator wrote.
    private static readonly string[] Folders = [Repository.PathOf("tests", "Oriel.Build.Tests", "Cases"), Repository.PathOf("tests", "Oriel.Generators.Tests", "Cases")];

    private static readonly string[] ScriptNames = ["oriel.ts", "oriel.mock.ts", "use.ts"];

    private readonly string _folder;

    private GoldenCase(string folder) => _folder = folder;

    public static IEnumerable<GoldenCase> All =>
        from folder in Folders
        where Directory.Exists(folder)
        from manifest in Directory.EnumerateFiles(folder, "Manifest.json", SearchOption.AllDirectories)
        orderby manifest
        select new GoldenCase(Path.GetDirectoryName(manifest)!);

    /// <summary>The case's name, behind that of the tests that it belongs to: two may have cases of one name.</summary>
    public string Name => $"{Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(_folder)))}/{Path.GetFileName(_folder)}";

    /// <summary>What of it the compiler checks.</summary>
    public IEnumerable<string> Scripts => ScriptNames.Select(PathOf).Where(File.Exists);

    public BridgeManifest Manifest => ManifestParser.Parse(File.ReadAllText(PathOf("Manifest.json")));

    public static GoldenCase Named(string name) => All.Single(@case => @case.Name == name);

    public string PathOf(string file) => Path.Combine(_folder, file);
}
