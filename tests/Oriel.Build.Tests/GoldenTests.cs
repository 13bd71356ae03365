namespace Oriel.Build.Tests;

public sealed class GoldenTests
{
    public static TheoryData<string> Cases => [.. GoldenCase.All.Select(@case => @case.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_TypeScript_of_a_manifest_is_what_was_read_before(string name)
    {
        var golden = GoldenCase.Named(name);

        GoldenFile.Verify(golden.PathOf("oriel.ts"), TypeScriptRenderer.Render(golden.Manifest));
        GoldenFile.Verify(golden.PathOf("oriel.mock.ts"), MockRenderer.Render(golden.Manifest, "./oriel"));
    }

    [Fact]
    public void Every_case_of_the_renderer_is_used_as_a_page_would()
    {
        var cases = GoldenCase.All.Where(golden => golden.Name.StartsWith("Oriel.Build.Tests/", StringComparison.Ordinal)).ToList();

        Assert.True(cases.Count >= 19);
        Assert.All(cases, golden => Assert.Contains("// @ts-expect-error", File.ReadAllText(golden.PathOf("use.ts"))));
    }

    [Fact]
    public async Task The_TypeScript_of_every_case_satisfies_its_compiler()
    {
        using var folder = new TemporaryFolder();

        await TypeScriptCompiler.RunAsync(folder, [.. GoldenCase.All.SelectMany(golden => golden.Scripts)], "--noEmit");
    }

    [Fact]
    public async Task With_the_npm_package_every_case_satisfies_the_compiler_too()
    {
        using var folder = new TemporaryFolder();
        List<string> files = [];
        foreach (var golden in GoldenCase.All)
        {
            files.Add(folder.Write($"{golden.Name}/oriel.ts", TypeScriptRenderer.Render(golden.Manifest, ClientImport.Package)));
            files.Add(folder.Write($"{golden.Name}/oriel.mock.ts", MockRenderer.Render(golden.Manifest, "./oriel", ClientImport.Package)));
            if (File.Exists(golden.PathOf("use.ts")))
            {
                files.Add(folder.Write($"{golden.Name}/use.ts", File.ReadAllText(golden.PathOf("use.ts"))));
            }
        }

        await TypeScriptCompiler.RunAsync(folder, files, "--noEmit");
    }
}
