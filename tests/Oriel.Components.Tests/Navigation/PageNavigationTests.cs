using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Oriel.Components.Tests;

public sealed class PageNavigationTests
{
    [Fact]
    public async Task The_page_says_where_it_is()
    {
        await using var page = Script.Show<Counter>();

        Assert.Equal(("https://app/", "https://app/"), (Navigation(page).BaseUri, Navigation(page).Uri));
    }

    [Fact]
    public async Task A_navigation_is_over_when_the_page_has_moved()
    {
        await using var page = Script.Show<Counter>();
        var navigation = Navigation(page);
        LocationChangedEventArgs? change = null;
        navigation.LocationChanged += (_, args) => change = args;

        await page.Session.Dispatcher.InvokeAsync(() => navigation.NavigateTo("items?x=1", new NavigationOptions { HistoryEntryState = "kept" }));
        var go = (await page.MessagesAsync("go"))[0];
        Assert.Equal("https://app/", navigation.Uri);
        await page.SendAsync("moved", (string)go[3]!, (string?)go[4]!["state"], false);

        Assert.Equal("""["https://app/items?x=1",{"replace":false,"state":"kept","force":false}]""", Members(go));
        Assert.Equal(("https://app/items?x=1", "kept"), (navigation.Uri, navigation.HistoryEntryState));
        Assert.Equal((navigation.Uri, false), (change?.Location, change?.IsNavigationIntercepted));
    }

    [Theory]
    [InlineData("/next", true, false, """["https://app/next",{"replace":false,"state":null,"force":true}]""")]
    [InlineData("/next", false, true, """["https://app/next",{"replace":true,"state":null,"force":false}]""")]
    [InlineData("https://other/x", false, false, """["https://other/x",{"replace":false,"state":null,"force":true}]""")]
    [InlineData("mailto:a@b.c", false, false, """["mailto:a@b.c",{"replace":false,"state":null,"force":true}]""")]
    public async Task The_page_is_told_how_to_go(string address, bool force, bool replace, string expected)
    {
        await using var page = Script.Show<Counter>();

        await page.Session.Dispatcher.InvokeAsync(() => Navigation(page).NavigateTo(address, force, replace));

        Assert.Equal(expected, Members((await page.MessagesAsync("go"))[0]));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JavaScript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("vbscript:x")]
    public async Task Addresses_that_run_or_read_something_are_refused(string address)
    {
        await using var page = Script.Show<Counter>();

        await page.Session.Dispatcher.InvokeAsync(() => Assert.Throws<ArgumentException>(() => Navigation(page).NavigateTo(address)));

        Assert.DoesNotContain(page.Messages, message => message[2]!.ToString() == "go");
    }

    [Fact]
    public async Task Refresh_loads_the_page_again()
    {
        await using var page = Script.Show<Counter>();

        await page.Session.Dispatcher.InvokeAsync(() => Navigation(page).Refresh());

        Assert.Equal("""["https://app/",{"replace":true,"state":null,"force":true}]""", Members((await page.MessagesAsync("go"))[0]));
    }

    [Theory]
    [InlineData("https://other/")]
    [InlineData("https://app.evil/")]
    [InlineData("https://app@evil/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("items")]
    [InlineData("")]
    public async Task A_page_that_says_it_is_elsewhere_is_refused(string address)
    {
        await using var page = Script.Show<Counter>();

        await page.SendAsync("moved", address, null, false);

        Assert.True(page.Session.IsEnding);
        Assert.Equal("https://app/", Navigation(page).Uri);
    }

    [Fact]
    public async Task An_address_or_a_state_beyond_the_limit_is_refused()
    {
        await using var page = Script.Show<Counter>();
        await using var other = Script.Show<Counter>();

        await page.SendAsync("moved", "https://app/" + new string('x', 65_536), null, false);
        await other.SendAsync("moved", "https://app/", new string('x', 1_048_577), false);

        Assert.True(page.Session.IsEnding && other.Session.IsEnding);
    }

    [Fact]
    public async Task A_handler_decides_whether_the_page_may_move()
    {
        await using var page = Script.Show<Counter>();
        var asked = new List<LocationChangingContext>();
        var navigation = Navigation(page);
        var handler = await page.Session.Dispatcher.InvokeAsync(() => navigation.RegisterLocationChangingHandler(context =>
        {
            asked.Add(context);
            if (context.TargetLocation.EndsWith("/no", StringComparison.Ordinal))
            {
                context.PreventNavigation();
            }

            return ValueTask.CompletedTask;
        }));
        Assert.True((bool)(await page.MessagesAsync("lock"))[0][3]!);

        await page.SendAsync("navigate", 1, "https://app/no", "kept", true);
        await page.SendAsync("navigate", 2, "https://app/yes", null, false);
        await page.Session.Dispatcher.InvokeAsync(() => navigation.NavigateTo("/no"));
        var answers = await page.MessagesAsync("pass", 2);
        await page.Session.Dispatcher.InvokeAsync(handler.Dispose);

        Assert.Equal(["[1,false]", "[2,true]"], answers.Select(Members));
        Assert.Equal(("kept", true), (asked[0].HistoryEntryState, asked[0].IsNavigationIntercepted));
        Assert.DoesNotContain(page.Messages, message => message[2]!.ToString() == "go");
        Assert.False((bool)(await page.MessagesAsync("lock", 2))[1][3]!);
    }

    [Fact]
    public async Task A_newer_navigation_cancels_the_one_that_waits()
    {
        await using var page = Script.Show<Counter>();
        await page.Session.Dispatcher.InvokeAsync(() => Navigation(page).RegisterLocationChangingHandler(async context =>
        {
            if (context.TargetLocation.EndsWith("/slow", StringComparison.Ordinal))
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            }
        }));

        await page.SendAsync("navigate", 1, "https://app/slow", null, true);
        await page.SendAsync("navigate", 2, "https://app/fast", null, true);
        var answers = await page.MessagesAsync("pass", 2);

        Assert.Equal(["[1,false]", "[2,true]"], answers.Select(Members).Order());
    }

    [Fact]
    public async Task A_page_may_ask_a_bounded_number_of_times_at_once()
    {
        await using var page = Script.Show<Counter>();
        var never = new TaskCompletionSource();
        await page.Session.Dispatcher.InvokeAsync(() => Navigation(page).RegisterLocationChangingHandler(_ => new ValueTask(never.Task)));

        for (var question = 1; question <= 50; question++)
        {
            await page.SendAsync("navigate", question, "https://app/x", null, true);
        }

        // Each makes the one before void, so that no more than the last waits for its handler.
        Assert.Equal(49, (await page.MessagesAsync("pass", 49)).Count);
    }

    [Fact]
    public async Task A_handler_that_throws_ends_the_session_with_its_exception()
    {
        await using var page = Script.Show<Counter>();
        await page.Session.Dispatcher.InvokeAsync(() =>
            Navigation(page).RegisterLocationChangingHandler(_ => throw new InvalidOperationException("broken handler")));

        await page.SendAsync("navigate", 1, "https://app/x", null, true);

        await page.Session.Ended.InTime();
        Assert.Equal("broken handler", page.Error);
    }

    [Fact]
    public async Task The_element_that_an_address_names_is_scrolled_to()
    {
        await using var page = Script.Show<Counter>();

        await page.Session.Services.GetRequiredService<IScrollToLocationHash>().RefreshScrollPositionForHash("https://app/x#a%20b");

        Assert.Equal("a b", (string?)(await page.MessagesAsync("hash"))[0][3]);
    }

    private static NavigationManager Navigation(TestPage page) => page.Session.Services.GetRequiredService<NavigationManager>();

    private static string Members(System.Text.Json.Nodes.JsonArray message) =>
        new System.Text.Json.Nodes.JsonArray([.. message.Skip(3).Select(m => m?.DeepClone())])
            .ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
