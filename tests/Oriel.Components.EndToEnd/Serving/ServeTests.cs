using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Oriel.Components.EndToEnd.Serving;

public sealed class ServeTests(Browser browser)
{
    // 32 characters or more: so long a test's own server is.
    private const string Token = "a-token-that-stays-the-same-over-a-restart";

    [Fact]
    public async Task Two_browsers_have_trees_of_their_own_in_one_program()
    {
        await using var program = await ServedProgram.StartAsync<ServedForm>();
        await using var one = await browser.OpenAsync();
        await using var other = await browser.OpenAsync();
        var first = await one.OpenAsync(program.Address);
        var second = await other.OpenAsync(program.Address);

        await first.Locator("#count").ClickAsync();
        await first.Locator("#count").ClickAsync();
        await second.Locator("#count").ClickAsync();

        await Expect(first.Locator("#counted")).ToHaveTextAsync("2");
        await Expect(second.Locator("#counted")).ToHaveTextAsync("1");
        Assert.DoesNotContain("token", first.Url, StringComparison.Ordinal);
        Assert.Empty(one.Errors.Concat(other.Errors));
    }

    [Fact]
    public async Task A_page_whose_connection_breaks_goes_on_and_nothing_is_lost_or_counted_twice()
    {
        await using var program = await ServedProgram.StartAsync<ServedForm>();
        await using var profile = await browser.OpenAsync();
        var page = await profile.OpenAsync(program.Address);
        await page.Locator("#count").ClickAsync();
        await Expect(page.Locator("#counted")).ToHaveTextAsync("1");
        await page.EvaluateAsync("window.mark = 'the same document'");

        program.Cut();
        await Expect(page.Locator("html")).Not.ToHaveAttributeAsync("data-oriel-connection", "connected");
        await page.Locator("#count").ClickAsync();
        await page.Locator("[name=customer]").PressSequentiallyAsync("Ada");
        await page.Locator("#count").ClickAsync();

        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-oriel-connection", "connected");
        await Expect(page.Locator("#counted")).ToHaveTextAsync("3");
        await Expect(page.Locator("#known")).ToHaveTextAsync("Ada|False|s||as it was");
        await Expect(page.Locator("[name=customer]")).ToHaveValueAsync("Ada");
        Assert.Equal("the same document", await page.EvaluateAsync<string>("window.mark"));
    }

    [Fact]
    public async Task A_server_that_comes_back_finds_what_was_filled_in_but_no_password()
    {
        await using var profile = await browser.OpenAsync();
        IPage page;
        int port;
        await using (var program = await ServedProgram.StartAsync<ServedForm>(token: Token))
        {
            port = program.Address.Port;
            page = await profile.OpenAsync(program.Address);
            await page.Locator("[name=customer]").FillAsync("");
            await page.Locator("[name=customer]").PressSequentiallyAsync("Grace");
            await page.Locator("[name=express]").CheckAsync();
            await page.Locator("[name=size]").FocusAsync();
            await page.Keyboard.PressAsync("ArrowDown");
            await page.Locator("[name=secret]").PressSequentiallyAsync("hush");
            await Expect(page.Locator("#known")).ToHaveTextAsync("Grace|True|l|hush|as it was");
        }

        await Expect(page.Locator("oriel-connection").GetByRole(AriaRole.Status)).ToContainTextAsync("econnecting");
        await using var again = await ServedProgram.StartAsync<ServedForm>(port, Token);

        await Expect(page.Locator("#known")).ToHaveTextAsync("Grace|True|l||as it was");
        await Expect(page.Locator("[name=customer]")).ToHaveValueAsync("Grace");
        await Expect(page.Locator("oriel-connection")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Back_and_forward_are_the_browsers()
    {
        await using var program = await ServedProgram.StartAsync<ServedRoutes>();
        await using var profile = await browser.OpenAsync();
        var page = await profile.OpenAsync(program.Address);
        await page.Locator("#to-list").ClickAsync();
        await Expect(page.Locator("#place")).ToHaveTextAsync("list");
        await page.EvaluateAsync("window.mark = 'the same document'");
        await page.Locator("#to-item").ClickAsync();
        await Expect(page.Locator("#place")).ToHaveTextAsync("item/7");

        await page.GoBackAsync();
        await Expect(page.Locator("#place")).ToHaveTextAsync("list");
        await page.GoForwardAsync();
        await Expect(page.Locator("#place")).ToHaveTextAsync("item/7");

        Assert.Equal("the same document", await page.EvaluateAsync<string>("window.mark"));
        await page.ReloadAsync();
        await Expect(page.Locator("#place")).ToHaveTextAsync("item/7");
    }

    [Fact]
    public async Task A_browser_without_the_token_sees_nothing_and_a_page_of_another_origin_cannot_connect()
    {
        await using var program = await ServedProgram.StartAsync<ServedForm>(token: Token);
        await using var other = await ServedProgram.StartAsync<ServedForm>();
        await using var profile = await browser.OpenAsync();

        var stranger = await profile.OpenAsync(program.At("/"));
        await Expect(stranger.Locator("body")).ToContainTextAsync("the address with its token");
        await stranger.GotoAsync(program.Address.AbsoluteUri.Replace("token=a", "token=b", StringComparison.Ordinal));
        await Expect(stranger.Locator("body")).ToContainTextAsync("not valid");

        // With the cookie, and from a page that the same person has open: the browser says where it comes from.
        await stranger.GotoAsync(program.Address.AbsoluteUri);
        await Expect(stranger.Locator("#counted")).ToHaveTextAsync("0");
        var foreign = await profile.OpenAsync(other.Address);
        var outcome = await foreign.EvaluateAsync<string>(
            "address => new Promise(resolve => { const socket = new WebSocket(address); socket.onopen = () => resolve('open'); socket.onerror = () => resolve('refused'); })",
            $"ws://127.0.0.1:{program.Address.Port}/_oriel/socket");
        Assert.Equal("refused", outcome);
    }

    [Fact]
    public async Task Each_window_is_at_an_address_of_its_own()
    {
        await using var program = await ServedProgram.StartAsync<ServedForm>(windows: static app => app.CreateWindow<ServedRoutes>(new WindowOptions { Url = "places" }));
        await using var profile = await browser.OpenAsync();

        var page = await profile.OpenAsync(program.Address);
        await Expect(page.Locator("h1")).ToHaveTextAsync("Order");
        await page.GotoAsync(program.At("/places").AbsoluteUri);
        await Expect(page.Locator("#place")).ToHaveTextAsync("places");
    }
}
