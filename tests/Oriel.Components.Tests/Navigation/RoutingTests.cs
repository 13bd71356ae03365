namespace Oriel.Components.Tests;

public sealed class RoutingTests
{
    [Fact]
    public async Task The_page_at_the_address_is_rendered_and_links_are_intercepted()
    {
        await using var page = Script.Show<RoutedApp>();

        await ShownAsync(page, "Home");
        await page.SendAsync("ack");
        Assert.Single(await page.MessagesAsync("intercept"));
    }

    [Fact]
    public async Task Parameters_come_from_the_path_and_the_query()
    {
        await using var page = Script.Show<RoutedApp>();
        await ShownAsync(page, "Home");

        await page.SendAsync("moved", "https://app/items/5?filter=new", null, true);
        await ShownAsync(page, "Item 5 of new");
        await page.SendAsync("moved", "https://app/items/5?filter=old", null, true);

        // The rest of the heading stays as it is.
        await ShownAsync(page, "old");
    }

    [Fact]
    public async Task A_link_to_the_present_page_is_active()
    {
        await using var page = Script.Show<RoutedApp>();
        await ShownAsync(page, "Home");

        await page.SendAsync("moved", "https://app/items/5", null, true);

        await Soon.UntilAsync(() => page.Frames.Any(frame => TestPage.Body(frame).Contains("\"active\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_heading_of_a_new_page_gets_the_focus()
    {
        await using var page = Script.Show<RoutedApp>();
        await ShownAsync(page, "Home");

        await page.SendAsync("moved", "https://app/items/5", null, true);
        await ShownAsync(page, "Item 5 of all");
        await page.SendAsync("ack");

        Assert.StartsWith("[\"h1\"", (string?)(await page.CalledAsync("Blazor._internal.domWrapper.focusBySelector"))[5], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_no_page_has_is_loaded_when_a_link_led_there_and_else_not_found()
    {
        await using var page = Script.Show<RoutedApp>();
        await ShownAsync(page, "Home");

        await page.SendAsync("moved", "https://app/files/a.pdf", null, false);
        await ShownAsync(page, "Nothing here");
        await page.SendAsync("moved", "https://app/files/b.pdf", null, true);

        Assert.True((bool)(await page.MessagesAsync("go"))[0][4]!["force"]!);
    }

    [Fact]
    public async Task A_page_that_finds_nothing_shows_the_page_for_that()
    {
        await using var page = Script.Show<RoutedApp>();
        await ShownAsync(page, "Home");

        await page.SendAsync("moved", "https://app/items/404", null, true);

        await ShownAsync(page, "Nothing here");
    }

    [Fact]
    public async Task A_lock_holds_the_page_and_asks_before_it_is_left()
    {
        await using var page = Script.Show<RoutedApp>();
        await ShownAsync(page, "Home");

        await page.SendAsync("moved", "https://app/locked", null, true);
        await ShownAsync(page, "Locked");
        await page.SendAsync("ack");
        await page.CalledAsync("Blazor._internal.NavigationLock.enableNavigationPrompt");
        await page.MessagesAsync("lock");
        await page.SendAsync("navigate", 1, "https://app/", null, true);

        Assert.False((bool)(await page.MessagesAsync("pass"))[0][4]!);
    }

    // The texts of a heading may come one by one in a frame.
    private static Task ShownAsync(TestPage page, string text) => Soon.UntilAsync(() =>
        page.Frames.Any(frame => text.Split(' ').All(word => TestPage.Body(frame).Contains(word, StringComparison.Ordinal))));
}
