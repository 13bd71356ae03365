namespace Oriel.Components.Tests;

/// <summary>What frames come to when they are applied.</summary>
public sealed class TranscodingTests
{
    [Fact]
    public async Task A_thousand_rows_are_one_template()
    {
        await using var page = ShowTable(Table.Make(1_000));
        var document = page.Document();

        Assert.Equal(2_000, document.ToString().Split("<tr ").Length + document.ToString().Split("<button ").Length - 2);
        Assert.True(page.Frames[0].ToJsonString().Length < 80_000, $"{page.Frames[0].ToJsonString().Length:N0} bytes are too many.");
        Assert.InRange(document.Templates, 1, 4);
    }

    [Fact]
    public async Task A_thousand_keyed_rows_are_reversed_by_one_run()
    {
        var rows = Table.Make(1_000);
        await using var page = ShowTable(rows);

        await page.DoAsync(() => page.Root<Table>().Change(rows.Reverse));

        Assert.Equal("0,0,6,0,6,0,9,1,0,999,1000,-1,7,7", TestPage.Body(page.Frames[^1]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_changes_the_page_shows_what_a_new_page_would(int seed)
    {
        var random = new Random(seed);
        var rows = Table.Make(30);
        var next = rows.Count;
        await using var page = ShowTable(rows);

        for (var i = 0; i < 40; i++)
        {
            await page.DoAsync(() => page.Root<Table>().Change(() => Mutate(rows, random, ref next)));

            await using var fresh = ShowTable(rows);
            Assert.Equal(fresh.Document().ToString(), page.Document().ToString());
        }

        Assert.Equal(page.Session.Renderer.Handlers.Keys.Order(), page.Document().Handlers.Order());
    }

    [Theory]
    [InlineData(typeof(Attributes), "click")]
    [InlineData(typeof(Handlers), "click")]
    [InlineData(typeof(Markup), "click")]
    [InlineData(typeof(Regions), "click")]
    [InlineData(typeof(Parent), "click")]
    [InlineData(typeof(References), "click")]
    public async Task What_comes_back_is_what_was(Type type, string @event)
    {
        await using var page = TestPage.Show(type);
        var shown = new List<string>();

        for (var i = 0; i < 6; i++)
        {
            shown.Add(page.Document().ToString());
            await page.RaiseAsync(@event);
        }

        Assert.NotEqual(shown[1], shown[2]);
        if (type != typeof(Handlers) && type != typeof(Regions) && type != typeof(Attributes))
        {
            Assert.Equal([shown[0], shown[1], shown[0], shown[1]], shown[2..]);
        }
    }

    [Fact]
    public async Task A_script_in_an_attribute_never_reaches_the_page()
    {
        await using var page = TestPage.Show<Attributes>();

        await page.RaiseAsync("click");
        await page.RaiseAsync("click");

        Assert.DoesNotContain("alert", string.Concat(page.Messages.Select(m => m.ToJsonString())), StringComparison.Ordinal);
    }

    private static TestPage ShowTable(List<Table.Row> rows) => TestPage.Show<Table>(new Dictionary<string, object?> { ["Rows"] = rows });

    private static void Mutate(List<Table.Row> rows, Random random, ref int next)
    {
        switch (random.Next(5))
        {
            case 0:
                rows.Insert(random.Next(rows.Count + 1), new(next++));
                break;
            case 1 when rows.Count > 0:
                rows.RemoveAt(random.Next(rows.Count));
                break;
            case 2:
                rows.Reverse(0, random.Next(rows.Count + 1));
                break;
            case 3:
                var shuffled = rows.ToArray();
                random.Shuffle(shuffled);
                rows.Clear();
                rows.AddRange(shuffled);
                break;
            default:
                rows.ForEach(r => r.Text += random.Next(4) == 0 ? " changed" : "");
                break;
        }
    }
}
