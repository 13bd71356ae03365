using CounterSample;

namespace Oriel.Components.EndToEnd;

public sealed class CounterTests(ComponentsHost host)
{
    [Fact]
    public async Task A_click_of_a_script_is_counted()
    {
        await using var page = await host.OpenAsync<Counter>("button");

        await page.ClickAsync("button");
        await page.ClickAsync("button");

        await page.ShowsAsync("p", "Clicked 2 times");
        Assert.InRange((await page.PictureAsync("components-counter")).Length, 2_000, 1_000_000);
    }

    [Fact]
    public async Task A_click_of_the_mouse_is_counted()
    {
        await using var page = await host.OpenAsync<Counter>("button");

        await page.MouseAsync("button");

        await page.ShowsAsync("p", "Clicked 1 times");
    }

    [Fact]
    public async Task A_page_that_is_loaded_again_begins_anew_and_works()
    {
        await using var page = await host.OpenAsync<Counter>("button");
        await page.ClickAsync("button");
        await page.ShowsAsync("p", "Clicked 1 times");

        page.Window.Reload();
        await page.ShowsAsync("p", "Clicked 0 times");
        await page.ClickAsync("button");

        await page.ShowsAsync("p", "Clicked 1 times");
    }

    [Fact]
    public async Task Two_windows_count_each_for_itself()
    {
        await using var first = await host.OpenAsync<Counter>("button");
        await using var second = await host.OpenAsync<Counter>("button");

        await first.ClickAsync("button");
        await first.ClickAsync("button");
        await second.ClickAsync("button");

        await first.ShowsAsync("p", "Clicked 2 times");
        await second.ShowsAsync("p", "Clicked 1 times");
    }
}
