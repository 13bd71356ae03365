using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Oriel.Components.Widgets;
using Oriel.Testing;
using static Oriel.Components.UI;

namespace Oriel.Components.Tests;

/// <summary>What goes wrong in a part of a view is caught by the boundary around that part, and nothing else is lost.</summary>
public sealed class FailingViewTests
{
    private readonly ListState<Item> _list = new([new(1, "one"), new(2, "two"), new(3, "three")]);
    private readonly State<int> _limit = new(10);

    [Fact]
    public async Task A_row_that_fails_leaves_the_others()
    {
        await using var page = await ComponentPage.RenderAsync(() => For(_list, static item => item.Id, static item => Guarded(Slot(() => Row(item)))));

        await page.InvokeAsync(() => _list[1] = new Item(2, "bad"));
        await page.WaitForAsync(static p => Shown(p) == "one|caught bad|three");
        await page.InvokeAsync(() => _list.Add(new Item(4, "four")));
        await page.WaitForAsync(static p => Shown(p) == "one|caught bad|three|four");

        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task A_row_that_fails_at_first_leaves_the_others()
    {
        _list.Insert(0, new Item(0, "bad"));

        await using var page = await ComponentPage.RenderAsync(() => For(_list, static item => item.Id, static item => Guarded(Slot(() => Row(item)))));

        Assert.Equal("caught bad|one|two|three", Shown(page));
    }

    [Fact]
    public async Task A_row_inside_of_conditions_and_lists_fails_within_its_boundary()
    {
        await using var page = await ComponentPage.RenderAsync(() => For(_list, static item => item.Id, item => Guarded(
            If(() => item.Id <= _limit.Value, () => For(() => Enumerable.Range(1, item.Id), static number => number, number => Slot(() =>
                item.Id * number > _limit.Value ? throw new InvalidOperationException($"{item.Id}.{number}") : Shown($"{item.Id}.{number}")))))));

        await page.InvokeAsync(() => _limit.Value = 8);

        await page.WaitForAsync(static p => Shown(p) == "1.1|2.1|2.2|caught 3.3");
    }

    [Fact]
    public async Task A_condition_that_fails_is_caught()
    {
        await using var page = await ComponentPage.RenderAsync(() => VStack(
            Guarded(If(() => _limit.Value == 0 ? throw new InvalidOperationException("condition") : true, static () => Shown("so"))), Shown("beside")));

        await page.InvokeAsync(() => _limit.Value = 0);

        await page.WaitForAsync(static p => Shown(p) == "caught condition|beside");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_that_fails_is_caught(bool isReplaced)
    {
        await using var page = await ComponentPage.RenderAsync(() => VStack(
            Guarded(For(_list, static item => item.Text == "bad" ? throw new InvalidOperationException("key") : item.Id, Row)), Shown("beside")));

        await page.InvokeAsync(() =>
        {
            if (isReplaced)
            {
                _list[1] = new Item(2, "bad");
            }
            else
            {
                _list.Add(new Item(4, "bad"));
            }
        });

        await page.WaitForAsync(static p => Shown(p) == "caught key|beside");
    }

    [Fact]
    public async Task Two_items_of_one_key_are_named_where_they_are_caught()
    {
        await using var page = await ComponentPage.RenderAsync(() => Guarded(For(_list, static item => item.Id, Row)));

        await page.InvokeAsync(() => _list.Add(new Item(1, "again")));

        await page.WaitForAsync(static p => Shown(p).Contains("the key \"1\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_item_without_a_key_says_so_where_it_is_caught()
    {
        await using var page = await ComponentPage.RenderAsync(() => Guarded(For(_list, static item => item.Text == "keyless" ? null! : item.Id, Row)));

        await page.InvokeAsync(() => _list[0] = new Item(1, "keyless"));

        await page.WaitForAsync(static p => Shown(p).Contains("has no key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_that_another_thread_changes_while_it_is_rendered_is_shown_as_it_is_in_the_end()
    {
        await using var page = await ComponentPage.RenderAsync(() => For(_list, static item => item.Id, Row));

        await Task.WhenAll(Enumerable.Range(1, 3).Select(thread => Task.Run(() =>
        {
            for (var number = 0; number < 200; number++)
            {
                var id = (1_000 * thread) + number;
                _list.Insert(0, new Item(id, $"new {id}"));
                _list.Update(items => items.Count > 20 ? items.RemoveRange(20, items.Count - 20) : items.Reverse());
            }
        })));

        await page.WaitForAsync(p => Shown(p) == string.Join('|', _list.Value.Select(static item => item.Text)));
        Assert.Empty(page.Errors);
    }

    private static string Shown(ComponentPage page) => string.Join('|', page.FindAll(".row").Select(static row => row.Text));

    private static View Row(Item item) => item.Text == "bad" ? throw new InvalidOperationException("bad") : Shown(item.Text);

    private static View<Div> Shown(string text) => Div(text).Class("row");

    private static View<ErrorBoundary> Guarded(View view)
    {
        RenderFragment<Exception> caught = static exception => Shown($"caught {exception.Message}");
        return Component<ErrorBoundary>().Content(view).Set(nameof(ErrorBoundary.ErrorContent), (object)caught);
    }

    private sealed record Item(int Id, string Text);
}
