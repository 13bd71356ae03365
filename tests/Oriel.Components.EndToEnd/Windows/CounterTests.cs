namespace Oriel.Components.EndToEnd;

public sealed class CounterTests(ComponentsHost host)
{
    [Fact]
    public async Task A_click_is_counted()
    {
        await using var page = await host.OpenAsync<CounterSample.Counter>("button");

        await page.ClickAsync("button");
        await page.ClickAsync("button");

        await page.ShowsAsync("p", "Clicked 2 times");
    }
}
