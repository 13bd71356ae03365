namespace Gallery.EndToEnd;

public sealed class EventsPageTests(GalleryHost host)
{
    private static readonly GalleryOptions Events = new() { Page = "events" };

    [Fact]
    public async Task A_burst_arrives_whole_and_in_order()
    {
        await using var window = await host.OpenAsync(Events);

        await window.ClickAsync("section[aria-label=Burst] [type=submit]");
        await window.UntilAsync("document.querySelector('section[aria-label=Burst] [role=status]').textContent.includes('C# sent')");

        var facts = await window.TextAsync("section[aria-label=Burst] [role=status]");
        Assert.StartsWith("10,000 received", facts, StringComparison.Ordinal);
        Assert.Contains("in order", facts, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("emit")]
    [InlineData("dispatch")]
    public async Task A_message_is_answered_by_both_routes(string way)
    {
        await using var window = await host.OpenAsync(Events);

        await window.ClickAsync($"section[aria-label=Message] [value={way}]");

        await window.UntilAsync("""
            ["oriel.on", "CustomEvent"].every(route => [...document.querySelectorAll(".log-grid .grid-body .grid-row:not([hidden])")]
              .some(row => row.textContent.includes(route) && row.textContent.includes("page.echo")))
            """);
    }

    [Fact]
    public async Task Ticks_come_while_they_are_wanted()
    {
        await using var window = await host.OpenAsync(Events);

        await window.ClickAsync(".switch");

        await window.RunAsync("await new Promise(resolve => oriel.on('tick', tick => tick.index === 1 && resolve()))");
    }
}
