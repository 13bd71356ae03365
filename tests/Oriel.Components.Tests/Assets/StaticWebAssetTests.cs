using System.Text.Json;
using Oriel.Testing;

namespace Oriel.Components.Tests;

public sealed class StaticWebAssetTests : IDisposable
{
    private static readonly string[] s_folders = ["web/", "obj/", "library/", "source/"];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("oriel-assets-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("/css/app.css", "text/css; charset=utf-8", "body{}")]
    [InlineData("/App.styles.css", "text/css; charset=utf-8", "p[b-1]{}")]
    [InlineData("/_content/Library/lib.js", "text/javascript; charset=utf-8", "lib()")]
    [InlineData("/Pages/Home.razor.js", "text/javascript; charset=utf-8", "export {}")]
    public async Task A_build_is_served_from_where_its_manifest_says(string path, string type, string content)
    {
        WriteBuild();
        await using var host = await StartAsync();
        var document = await host.ShowAsync<Counter>();

        await using var answer = await document.Page.FetchAsync(path, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((200, type, content), (answer.Status, answer.ContentType, await answer.ReadTextAsync(TestContext.Current.CancellationToken)));
        Assert.NotNull(answer.Header("ETag"));
    }

    [Fact]
    public async Task A_published_program_is_served_from_its_wwwroot()
    {
        Write("wwwroot/css/app.css", "body{}");
        Write("wwwroot/App.styles.css", "p[b-1]{}");
        await using var host = await StartAsync();
        var document = await host.ShowAsync<Counter>();

        await using var answer = await document.Page.FetchAsync("/css/app.css", headers: new Dictionary<string, string> { ["Range"] = "bytes=0-3" }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((206, "body"), (answer.Status, await answer.ReadTextAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task The_page_loads_the_style_sheets_that_are_there()
    {
        WriteBuild();
        await using var host = await StartAsync();
        var document = await host.ShowAsync<Counter>();

        await using var page = await document.Page.FetchAsync("/", cancellationToken: TestContext.Current.CancellationToken);
        var html = await page.ReadTextAsync(TestContext.Current.CancellationToken);

        Assert.Contains("href=\"css/app.css\"", html);
        Assert.Contains("href=\"App.styles.css\"", html);
    }

    [Theory]
    [InlineData("/../secret.txt")]
    [InlineData("/css/../../secret.txt")]
    [InlineData("/%2e%2e/secret.txt")]
    [InlineData("/..%2fsecret.txt")]
    [InlineData("/_content/Library/..%2f..%2fsecret.txt")]
    [InlineData("/_content/Library/..%5c..%5csecret.txt")]
    [InlineData("/css/%252e%252e/secret.txt")]
    [InlineData("/css//app.css")]
    [InlineData("/css/app.css%00.txt")]
    [InlineData("/secret.txt")]
    [InlineData("/folder.css")]
    public async Task Nothing_leads_out_of_the_assets(string path)
    {
        WriteBuild();
        Write("secret.txt", "secret");
        Directory.CreateDirectory(Path.Join(_folder.FullName, "web", "folder.css"));
        await using var host = await StartAsync();
        var document = await host.ShowAsync<Counter>();

        await using var answer = await document.Page.FetchAsync(path, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(404, answer.Status);
    }

    private Task<AppHost> StartAsync() => ComponentHost.StartAsync(options =>
    {
        options.ApplicationName = "App";
        options.ApplicationFolder = _folder.FullName;
    });

    private void Write(string path, string content)
    {
        var file = Path.Join(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        System.IO.File.WriteAllText(file, content);
    }

    // As the SDK writes it: the app's own folder by a pattern, all else file by file.
    private void WriteBuild()
    {
        Write("web/css/app.css", "body{}");
        Write("obj/App.styles.css", "p[b-1]{}");
        Write("library/lib.js", "lib()");
        Write("source/Pages/Home.razor.js", "export {}");
        var manifest = new
        {
            ContentRoots = s_folders.Select(folder => Path.Join(_folder.FullName, folder)),
            Root = Node(
                new()
                {
                    ["App.styles.css"] = File(1, "App.styles.css"),
                    ["_content"] = Node(new() { ["Library"] = Node([], new { ContentRootIndex = 2, Pattern = "**", Depth = 2 }) }),
                    ["Pages"] = Node(new() { ["Home.razor.js"] = File(3, "Pages/Home.razor.js") }),
                },
                new { ContentRootIndex = 0, Pattern = "**", Depth = 0 }),
        };
        Write("App.staticwebassets.runtime.json", JsonSerializer.Serialize(manifest));

        static object Node(Dictionary<string, object> children, params object[] patterns) => new { Children = children, Asset = (object?)null, Patterns = patterns.Length == 0 ? null : patterns };
        static object File(int root, string path) => new { Children = (object?)null, Asset = new { ContentRootIndex = root, SubPath = path }, Patterns = (object?)null };
    }
}
