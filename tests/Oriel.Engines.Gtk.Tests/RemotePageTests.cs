namespace Oriel.Engines.Gtk.Tests;

/// <summary>Pages of a web site: without a bridge unless the host grants it to their origin, exactly.</summary>
public sealed class RemotePageTests(TestApp app)
{
    private const string CallSecret = "return [typeof window.oriel, typeof window.invoke, typeof window.webkit?.messageHandlers?.oriel].join()";

    [Fact]
    public async Task A_remote_page_has_no_bridge()
    {
        await using var site = new HttpSite();
        await using var page = await app.OpenAsync();

        await page.LoadAsync(site.Serve("/", "<title>Remote</title>"));

        Assert.Equal("undefined,undefined,undefined", (await page.RunAsync(CallSecret)).GetString());
    }

    [Theory]
    [InlineData("default-src 'self'; script-src 'self' 'unsafe-inline'")]
    [InlineData("default-src 'none'; connect-src 'none'; script-src 'none'")]
    public async Task A_remote_page_that_is_granted_the_bridge_calls_and_hears_whatever_its_policy(string policy)
    {
        await using var site = new HttpSite();
        await using var page = await app.OpenAsync();

        await page.LoadAsync(site.Serve("/", "<title>Remote</title>", $"Content-Security-Policy: {policy}"), bridge: true);
        await page.Window.WhenReadyAsync().InTime();
        await page.RunAsync("window.heard = []; oriel.on('news', (data) => heard.push(data)); return oriel.ready");
        for (var i = 0; i < 100; i++)
        {
            await page.Window.EmitAsync("news", System.Text.Encoding.UTF8.GetBytes($"{i}"));
        }

        await page.UntilAsync("heard.length === 100 && heard.every((data, i) => data === i)");
        Assert.Equal("there", (await page.TryAsync("oriel.invoke('echo', 'there')")).GetProperty("value").GetString());
    }

    [Fact]
    public async Task A_grant_does_not_hold_on_another_port()
    {
        await using var granted = new HttpSite();
        await using var other = new HttpSite();
        await using var page = await app.OpenAsync();

        await page.LoadAsync(granted.Serve("/", "<title>Granted</title>"), bridge: true);
        await page.LoadAsync(other.Serve("/", "<title>Other</title>"));
        await page.TryAsync("window.oriel?.invoke('secret', null, { timeout: 500 })");

        Assert.Equal(other.Origin, (await page.RunAsync("return location.origin")).GetString());
        Assert.Equal(0, app.SecretCalls(page.Window));
    }

    [Fact]
    public async Task A_grant_holds_in_its_window_alone()
    {
        await using var site = new HttpSite();
        await using var first = await app.OpenAsync();
        await using var second = await app.OpenAsync();

        await first.LoadAsync(site.Serve("/", "<title>Granted</title>"), bridge: true);
        await second.LoadAsync(site.Origin + "/");

        Assert.Equal("undefined,undefined,undefined", (await second.RunAsync(CallSecret)).GetString());
    }

    [Fact]
    public async Task A_redirect_to_another_origin_is_not_followed()
    {
        await using var site = new HttpSite();
        await using var other = new HttpSite();
        await using var page = await app.OpenAsync();
        other.Serve("/", "<title>Other</title>");

        await page.LoadAsync(site.Redirect("/go", other.Origin + "/"), bridge: true);

        Assert.True(app.Log.Has($"Window {page.Window.Id}: going to {other.Origin} was refused"));
        Assert.NotEqual(other.Origin, (await page.RunAsync("return location.origin")).GetString());
    }

    [Fact]
    public async Task A_redirect_from_a_foreign_site_does_not_reach_the_app()
    {
        await using var site = new HttpSite();
        await using var page = await app.OpenAsync();
        var target = app.AddPage("<script>window.landed = 1</script>");

        await page.LoadAsync(site.Redirect("/go", $"oriel://app/{target}"));

        Assert.Equal(0, (await page.RunAsync("return window.landed ?? 0")).GetInt32());
    }

    [Fact]
    public async Task A_foreign_page_can_call_nothing_on_its_way_to_another()
    {
        await using var site = new HttpSite();
        await using var page = await app.OpenAsync("<script>oriel.invoke('wait').catch(() => {})</script>", new WindowOptions { AllowedOrigins = [site.Origin] });
        await Eventually.TrueAsync(() => app.Waiting > 0, "a call is under way");
        site.Serve("/", "<title>Remote</title>");

        await page.RunAsync($"setTimeout(() => location.href = {Page.Quote(site.Origin + "/")})");
        await page.UntilAsync($"location.origin === {Page.Quote(site.Origin)}");

        await Eventually.TrueAsync(() => app.Waiting == 0, "the call of the page before is cancelled");
        Assert.Equal("undefined,undefined,undefined", (await page.RunAsync(CallSecret)).GetString());
    }

    [Fact]
    public async Task A_document_that_its_own_policy_sandboxes_can_call_nothing()
    {
        // The site serves it so because it is somebody else's: a preview, a mail. Its address is granted, it is not.
        await using var site = new HttpSite();
        await using var page = await app.OpenAsync();

        await page.LoadAsync(site.Serve("/", "<title>Preview</title>", "Content-Security-Policy: sandbox allow-scripts"), bridge: true);
        await page.TryAsync("window.oriel?.invoke('secret', null, { timeout: 2000 })");

        Assert.Equal("null", (await page.RunAsync("return self.origin")).GetString());
        Assert.Equal(0, app.SecretCalls(page.Window));
    }

    [Fact(Skip = "A failed load is told three times: with its error, as the end of the load, and as the end of WebKit's own error page, without one.")]
    public async Task A_load_that_fails_is_told_once()
    {
        var gone = new HttpSite();
        var address = gone.Origin + "/";
        await gone.DisposeAsync();
        await using var site = new HttpSite();
        await using var page = await app.OpenAsync();
        var ends = new List<LoadFinishedEventArgs>();
        page.Window.LoadFinished += (_, arguments) => ends.Add(arguments);

        await page.LoadAsync(address);
        await page.UntilAsync("document.readyState === 'complete'");
        await page.LoadAsync(site.Serve("/", "<title>There</title>"));

        Assert.Single(ends, end => end.Url == address);
        Assert.NotNull(ends[0].Error);
    }
}
