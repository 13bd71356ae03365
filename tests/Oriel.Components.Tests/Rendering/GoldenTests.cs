namespace Oriel.Components.Tests;

/// <summary>The frames of small components, byte by byte: what they cost on the wire is seen here.</summary>
public sealed class GoldenTests
{
    [Fact]
    public async Task A_counter()
    {
        await using var page = TestPage.Show<Counter>();

        await page.RaiseAsync("click");
        await page.RaiseAsync("click");

        GoldenFrames.Verify("counter", page);
        Assert.True(Size(page) < 60);
    }

    [Fact]
    public async Task A_table()
    {
        var rows = Table.Make(20);
        await using var page = TestPage.Show<Table>(new Dictionary<string, object?> { ["Rows"] = rows });
        var table = page.Root<Table>();

        await page.DoAsync(() => table.Change(() => rows[7].Text = "Changed"));
        Assert.True(Size(page) < 100);
        await page.DoAsync(() => table.Change(() => rows.Insert(3, new(20))));
        await page.DoAsync(() => table.Change(rows.Reverse));
        await page.DoAsync(() => table.Change(() => rows.RemoveAt(0)));

        GoldenFrames.Verify("table", page);
    }

    [Fact]
    public async Task Attributes()
    {
        await using var page = TestPage.Show<Attributes>();

        await page.RaiseAsync("click");
        await page.RaiseAsync("click");

        GoldenFrames.Verify("attributes", page);
    }

    [Fact]
    public async Task Handlers()
    {
        await using var page = TestPage.Show<Handlers>();

        await page.RaiseAsync("click");
        await page.RaiseAsync("click");

        GoldenFrames.Verify("handlers", page);
    }

    [Fact]
    public async Task Markup()
    {
        await using var page = TestPage.Show<Markup>();

        await page.RaiseAsync("click");

        GoldenFrames.Verify("markup", page);
    }

    [Fact]
    public async Task Regions()
    {
        await using var page = TestPage.Show<Regions>();

        await page.RaiseAsync("click");
        await page.RaiseAsync("click");

        GoldenFrames.Verify("regions", page);
    }

    [Fact]
    public async Task Components_in_components()
    {
        await using var page = TestPage.Show<Parent>();

        await page.RaiseAsync("click");
        await page.RaiseAsync("click");

        GoldenFrames.Verify("components", page);
    }

    [Fact]
    public async Task References()
    {
        await using var page = TestPage.Show<References>();

        await page.RaiseAsync("click");

        // The ids are made up anew each time.
        var text = string.Join('\n', page.Frames.Select(TestPage.Body));
        var ids = page.Root<References>().Ids;
        Assert.All(ids, id => Assert.Contains($"\"{id}\"", text, StringComparison.Ordinal));
        Assert.Equal(2, ids.Distinct().Count());
    }

    private static int Size(TestPage page) => page.Frames[^1].ToJsonString().Length;
}
