using static Oriel.Components.UI;

namespace Oriel.Components.Tests;

public sealed class ForTests
{
    private readonly ListState<Item> _list = new(Enumerable.Range(0, 100).Select(static i => new Item(i, $"item {i}")));
    private int _rows;
    private int _first;

    [Fact]
    public async Task A_replaced_item_renders_its_row_alone()
    {
        await using var page = await ShowAsync();

        _list[50] = new Item(50, "new");
        var frame = await page.NextAsync(_first);
        await page.SettleAsync();

        Assert.Contains("\"new\"", frame, StringComparison.Ordinal);
        Assert.InRange(frame.Length, 1, 40);
        Assert.Equal((101, _first + 1), (_rows, page.Frames.Count));
    }

    [Fact]
    public async Task An_item_that_comes_renders_its_row_alone()
    {
        await using var page = await ShowAsync();

        _list.Insert(1, new Item(1_000, "inserted"));
        var frame = await page.NextAsync(_first);

        Assert.Contains("\"inserted\"", frame, StringComparison.Ordinal);
        Assert.Equal(101, _rows);
    }

    [Fact]
    public async Task Rows_that_go_or_move_are_not_rendered()
    {
        await using var page = await ShowAsync();

        _list.RemoveAt(3);
        var removed = await page.NextAsync(_first);
        _list.Move(0, 98);
        var moved = await page.NextAsync(_first + 1);
        _list.Update(static items => items.Reverse());
        var reversed = await page.NextAsync(_first + 2);

        Assert.Equal(100, _rows);
        Assert.DoesNotContain("item", removed + moved + reversed, StringComparison.Ordinal);
        Assert.InRange(moved.Length, 1, 40);
    }

    [Fact]
    public async Task An_item_with_another_key_in_a_place_is_another_row()
    {
        await using var page = await ShowAsync();

        _list[5] = new Item(1_005, "other");
        await page.NextAsync(_first);
        _list.Insert(0, new Item(5, "back"));
        await page.NextAsync(_first + 1);

        Assert.Equal(102, _rows);
    }

    [Fact]
    public async Task Items_that_a_function_reads_keep_the_rows_of_their_keys()
    {
        var most = new State<int>(100);
        await using var page = ShownView.Show(() => For(() => _list.Where(item => item.Id < most.Value), static item => item.Id, Row));
        await page.SettleAsync();

        most.Value = 50;
        await page.SettleAsync();
        var fewer = _rows;
        most.Value = 51;
        await page.SettleAsync();

        Assert.Equal((100, 101), (fewer, _rows));
    }

    [Fact]
    public async Task Two_items_of_one_key_end_the_session()
    {
        await using var page = await ShowAsync();

        _list.Add(new Item(7, "twice"));

        await Soon.UntilAsync(() => page.Messages.Any(static message => TestPage.Body(message).Contains("\"error\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Two_items_of_one_key_and_an_item_without_one_are_errors_that_say_so()
    {
        var rows = new RowList<Item>();
        _list.Add(new Item(7, "twice"));

        var twice = Assert.Throws<InvalidOperationException>(() => rows.Update(_list.Read(rows.Version), static item => item.Id));
        var none = Assert.Throws<InvalidOperationException>(() => rows.Update(_list.Read(rows.Version), static item => null!));

        Assert.Contains("the key \"7\"", twice.Message, StringComparison.Ordinal);
        Assert.Contains("has no key", none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_are_the_items_whatever_is_done_and_stay_those_of_their_keys()
    {
        var rows = new RowList<Item>();
        rows.Update(_list.Read(rows.Version), static item => item.Id);
        var known = rows.Rows.ToDictionary(static row => row.Key);
        var random = new Random(5);

        for (var i = 0; i < 1_000; i++)
        {
            Change(random, i);
            if (random.Next(4) == 0 && !rows.TryReplace(_list, static item => item.Id))
            {
                rows.Update(_list.Read(rows.Version), static item => item.Id);
                Assert.Equal(_list.Value, rows.Rows.Select(static row => row.Item.Value));
            }
        }

        Assert.All(rows.Rows.Where(row => (int)row.Key < 100), row => Assert.Same(known[row.Key], row));
    }

    private void Change(Random random, int number)
    {
        var index = random.Next(_list.Count);
        switch (random.Next(_list.Count < 20 ? 4 : 6))
        {
            case 0 or 1:
                _list.Insert(index, new Item(1_000 + number, "new"));
                break;
            case 2:
                _list.Move(index, random.Next(_list.Count));
                break;
            case 3:
                _list[index] = _list[index] with { Text = $"changed {number}" };
                break;
            case 4:
                _list.RemoveAt(index);
                break;
            default:
                _list.Update(static items => items.Reverse());
                break;
        }
    }

    private async Task<TestPage> ShowAsync()
    {
        var page = ShownView.Show(() => For(_list, static item => item.Id, Row));
        await page.SettleAsync();
        _first = page.Frames.Count;
        return page;
    }

    private View Row(Item item)
    {
        _rows++;
        return item.Text;
    }

    private sealed record Item(int Id, string Text);
}
