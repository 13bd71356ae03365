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
}
