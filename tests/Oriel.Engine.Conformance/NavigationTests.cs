namespace Oriel.Engine.Conformance;

/// <summary>Documents that come and go, and which of them has a bridge.</summary>
public abstract class NavigationTests(EngineFixture engine)
{
    [Fact]
    public async Task A_document_that_was_navigated_to_has_a_bridge_of_its_own()
    {
        var next = engine.AddPage("Next");
        await using var page = await engine.OpenAsync();

        await EngineFixture.LoadAsync(page.Window, () => page.NavigateAsync(next));

        Assert.Equal($"oriel://app/{next}", page.Window.Url);
        await AssertBridgeWorksAsync(page);
    }

    [Fact]
    public async Task A_document_that_the_code_loads_has_a_bridge()
    {
        var next = engine.AddPage("Next");
        await using var page = await engine.OpenAsync();

        await EngineFixture.LoadAsync(page.Window, () =>
        {
            page.Window.LoadUrl(next);
            return Task.CompletedTask;
        });

        await AssertBridgeWorksAsync(page);
    }

    [Fact]
    public async Task A_document_with_a_query_and_a_fragment_is_found()
    {
        await using var page = await engine.OpenAsync(new WindowOptions { Url = $"{engine.AddPage("Found")}?q=1#part" });

        await Patience.UntilAsync(() => page.Window.Title == "Found", "the document's title");
        await AssertBridgeWorksAsync(page);
    }

    [Fact]
    public async Task A_document_that_was_reloaded_has_a_bridge()
    {
        await using var page = await engine.OpenAsync();

        for (var i = 0; i < 3; i++)
        {
            await EngineFixture.LoadAsync(page.Window, () =>
            {
                page.Window.Reload();
                return Task.CompletedTask;
            });
            await AssertBridgeWorksAsync(page);
        }
    }

    [Fact]
    public async Task A_document_that_returns_by_back_or_forward_has_a_bridge()
    {
        var (first, second) = (engine.AddPage("First"), engine.AddPage("Second"));
        await using var page = await engine.OpenAsync(new WindowOptions { Url = first });
        await EngineFixture.LoadAsync(page.Window, () => page.NavigateAsync(second));

        await EngineFixture.LoadAsync(page.Window, page.GoBackAsync);
        Assert.Equal($"oriel://app/{first}", page.Window.Url);
        await AssertBridgeWorksAsync(page);

        await EngineFixture.LoadAsync(page.Window, page.GoForwardAsync);
        Assert.Equal($"oriel://app/{second}", page.Window.Url);
        await AssertBridgeWorksAsync(page);

        await EngineFixture.LoadAsync(page.Window, () =>
        {
            page.Window.GoBack();
            return Task.CompletedTask;
        });
        Assert.Equal($"oriel://app/{first}", page.Window.Url);
        await AssertBridgeWorksAsync(page);
    }

    [Fact]
    public async Task A_foreign_document_has_no_bridge()
    {
        var origin = engine.ServeForeign();
        await using var page = await engine.OpenAsync(new WindowOptions { Url = $"{origin}/" });

        Assert.False(await page.HasBridgeAsync());
    }

    [Fact]
    public async Task A_foreign_origin_that_was_granted_the_bridge_has_it()
    {
        var origin = engine.ServeForeign();
        await using var page = await engine.OpenAsync();

        await GrantAsync(page, $"{origin}/");

        Assert.True(await page.HasBridgeAsync());
        await AssertBridgeWorksAsync(page);
    }

    [Fact]
    public async Task A_grant_is_for_that_origin_alone()
    {
        var (granted, other) = (engine.ServeForeign(), engine.ServeForeign());
        await using var page = await engine.OpenAsync();
        await GrantAsync(page, $"{granted}/");

        await EngineFixture.LoadAsync(page.Window, () =>
        {
            page.Window.LoadUrl($"{other}/");
            return Task.CompletedTask;
        }, hasBridge: false);

        Assert.False(await page.HasBridgeAsync());
    }

    [Fact]
    public async Task A_grant_is_for_that_window_alone()
    {
        var origin = engine.ServeForeign();
        await using var page = await engine.OpenAsync();
        await GrantAsync(page, $"{origin}/");

        await using var other = await engine.OpenAsync(new WindowOptions { Url = $"{origin}/" });

        Assert.False(await other.HasBridgeAsync());
    }

    [Fact]
    public async Task After_a_foreign_document_the_app_s_own_has_a_bridge_again()
    {
        var origin = engine.ServeForeign();
        await using var page = await engine.OpenAsync();
        await EngineFixture.LoadAsync(page.Window, () =>
        {
            page.Window.LoadUrl($"{origin}/");
            return Task.CompletedTask;
        }, hasBridge: false);

        await EngineFixture.LoadAsync(page.Window, page.GoBackAsync);

        await AssertBridgeWorksAsync(page);
    }

    [Fact]
    public async Task A_page_does_not_go_where_the_window_may_not()
    {
        var origin = engine.ServeForeign();
        await using var page = await engine.OpenAsync();

        await page.NavigateAsync($"{origin}/");

        await Patience.UntilAsync(() => engine.Log.Lines.Any(line => line.Contains($"going to {origin} was refused", StringComparison.Ordinal)), "the refusal");
        await AssertBridgeWorksAsync(page);
    }

    [Fact]
    public async Task A_page_may_go_to_an_origin_that_its_window_allows()
    {
        var origin = engine.ServeForeign();
        await using var page = await engine.OpenAsync(new WindowOptions { AllowedOrigins = [origin] });

        await EngineFixture.LoadAsync(page.Window, () => page.NavigateAsync($"{origin}/a"), hasBridge: false);

        Assert.Equal($"{origin}/a", page.Window.Url);
        Assert.False(await page.HasBridgeAsync());
    }

    [Fact]
    public async Task A_page_that_cannot_be_found_is_shown_with_its_status()
    {
        await using var page = await engine.OpenAsync(new WindowOptions { Url = "no-such-page.html" });

        await AssertBridgeWorksAsync(page);
    }

    [Fact]
    public async Task Each_call_knows_its_window()
    {
        var name = engine.Unique("which");
        engine.App.Commands.Map(name, static context => context.Window.Id, Json.Default.Int32);
        await using var first = await engine.OpenAsync();
        await using var second = await engine.OpenAsync();

        Assert.Equal($"{first.Window.Id}", await first.InvokeAsync(name));
        Assert.Equal($"{second.Window.Id}", await second.InvokeAsync(name));
    }

    private static Task GrantAsync(IPageDriver page, string address) => EngineFixture.LoadAsync(page.Window, () =>
    {
        page.Window.LoadUrl(address, bridge: true);
        return Task.CompletedTask;
    });

    // Up and down.
    private async Task AssertBridgeWorksAsync(IPageDriver page)
    {
        var (command, name) = (engine.Unique("command"), engine.Unique("event"));
        engine.App.Commands.MapRaw(command, async context => await context.Window.EmitAsync(name, "1"u8.ToArray()));
        await page.RecordAsync(name);

        Assert.Equal("null", await page.InvokeAsync(command));
        Assert.Contains($"{name} 1", await page.RecordedAsync(1));
    }
}
