using System.Text;

namespace Oriel.Build.Tests;

/// <summary>What the documentation says to the developer of a page: its TypeScript is checked, its JavaScript is read.</summary>
public sealed class DocumentTests
{
    // The application that the pages tell of.
    private const string Manifest = """
        {"version":1,
         "commands":[
          {"name":"greet","kind":"call","params":[{"name":"name","type":"string"}],"result":"string"},
          {"name":"scans.walk","kind":"stream","params":[{"name":"root","type":"string"},{"name":"depth","type":"number","optional":true}],"result":"FileFound"}],
         "events":[{"name":"progress","type":"number"}],
         "states":[{"name":"cart","type":"Cart","writable":true}],
         "types":[
          {"name":"Cart","kind":"object","properties":[{"name":"items","type":"string[]"}]},
          {"name":"FileFound","kind":"object","properties":[{"name":"path","type":"string"}]}]}
        """;

    // What the snippets take for granted, as a reader does.
    private const string Reader = """
        declare const signal: AbortSignal;
        declare const states: typeof import("./oriel").states;
        declare function bar(value: number): void;
        declare function render(value: unknown): void;
        declare function show(value: unknown): void;
        """;

    public static TheoryData<string> Pages => ["README.md", "docs/bridge.md", "docs/ipc.md", "docs/typescript.md", "js/client/README.md"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_scripts_of_a_page_satisfy_the_compiler(string page)
    {
        using var folder = new TemporaryFolder();
        var files = WriteScripts(folder, page, await File.ReadAllTextAsync(Repository.PathOf(page), TestContext.Current.CancellationToken));

        await CheckAsync(folder, files);
    }

    [Theory]
    [InlineData("ts", "greet({ nome: 'Ada' });")]
    [InlineData("js", "await oriel.invoke('greet', { name: 'Ada' );")]
    public async Task A_script_that_is_wrong_is_named_by_its_page_and_line(string language, string line)
    {
        using var folder = new TemporaryFolder();
        var files = WriteScripts(folder, "docs/page.md", $"Text.\n\n```{language}\nimport {{ greet }} from './oriel';\n{line}\n```\n");

        var error = await Assert.ThrowsAnyAsync<Exception>(() => CheckAsync(folder, files));

        Assert.Contains($"docs-page.md-4.{language}(5,", error.Message);
    }

    private static Task CheckAsync(TemporaryFolder folder, IReadOnlyList<string> files) =>
        TypeScriptCompiler.RunAsync(folder, files, "--noEmit", "--allowJs", "--skipLibCheck", "--moduleDetection", "force", "--noUnusedLocals", "false");

    private static List<string> WriteScripts(TemporaryFolder folder, string page, string text)
    {
        var manifest = ManifestParser.Parse(Manifest);
        List<string> files =
        [
            folder.Write("reader.d.ts", Reader),
            folder.Write("oriel.ts", TypeScriptRenderer.Render(manifest, ClientImport.Package)),
            folder.Write("oriel.mock.ts", MockRenderer.Render(manifest, "./oriel", ClientImport.Package)),
        ];

        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var count = files.Count;
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i] is not ("```ts" or "```js"))
            {
                continue;
            }

            // Empty lines in front: the compiler's line is that of the page.
            var begin = i + 1;
            var script = new StringBuilder(new string('\n', begin));
            var language = lines[i][3..];
            while (lines[++i] != "```")
            {
                script.Append(lines[i]).Append('\n');
            }

            files.Add(folder.Write($"{page.Replace('/', '-')}-{begin + 1}.{language}", script.ToString()));
        }

        Assert.True(files.Count > count, $"{page} has no scripts.");
        return files;
    }
}
