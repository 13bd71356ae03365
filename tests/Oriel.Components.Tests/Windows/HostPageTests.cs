using System.Text.RegularExpressions;


namespace Oriel.Components.Tests;

public sealed class HostPageTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/todo/5")]
    [InlineData("/todo/")]
    [InlineData("/todo/5?filter=done")]
    public async Task A_route_of_the_app_is_answered_with_the_page(string route)
    {
        await using var host = await ComponentHost.StartAsync();
        var document = await host.ShowAsync<Counter>();

        await using var page = await document.Page.FetchAsync(route, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(200, page.Status);
        Assert.Equal("text/html; charset=utf-8", page.ContentType);
        Assert.Contains("<base href=\"/\">", await page.ReadTextAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/missing.js")]
    [InlineData("/../etc/passwd")]
    [InlineData("/a/%2e%2e/b")]
    [InlineData("/a//b")]
    [InlineData("/.oriel/page.html")]
    [InlineData("/.oriel/ui/")]
    [InlineData("/.oriel/ui/../page.html")]
    [InlineData("/.oriel/ui/nothing.css")]
    public async Task What_is_no_route_is_not_there(string path)
    {
        await using var host = await ComponentHost.StartAsync();
        var document = await host.ShowAsync<Counter>();

        await using var answer = await document.Page.FetchAsync(path, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(404, answer.Status);
    }

    [Theory]
    [InlineData("favicon.ico", "<link rel=\"icon\" href=\"favicon.ico\">")]
    [InlineData("picture.ico", "<link rel=\"icon\" href=\"data:,\">")]
    public void A_browser_looks_for_no_icon_that_is_not_there(string asset, string link) =>
        Assert.Contains(link, HostPage.Write(new ComponentsOptions(), path => path == asset), StringComparison.Ordinal);

    [Fact]
    public async Task The_page_loads_its_script_and_keeps_the_policy_strict()
    {
        await using var host = await ComponentHost.StartAsync();
        var document = await host.ShowAsync<Counter>();

        await using var page = await document.Page.FetchAsync("/", cancellationToken: TestContext.Current.CancellationToken);
        var policy = page.Header("Content-Security-Policy");
        Assert.Contains("script-src 'self';", policy);
        Assert.Contains("style-src 'self';", policy);
        Assert.EndsWith("base-uri 'self'; form-action 'self'; frame-ancestors 'self'", policy);
        Assert.Contains("<script defer src=\"/.oriel/ui/components.js\">", await page.ReadTextAsync(TestContext.Current.CancellationToken));

        await using var script = await document.Page.FetchAsync("/.oriel/ui/components.js", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((200, "text/javascript; charset=utf-8"), (script.Status, script.ContentType));
    }

    [Fact]
    public void Style_sheets_and_scripts_stand_in_their_order_behind_Oriels_own()
    {
        var options = new ComponentsOptions { ApplicationName = "App", StyleSheets = { "one.css", "two.css" }, Scripts = { "lib.js" } };

        var page = HostPage.Write(options, static path => path is "css/app.css" or "App.styles.css");

        string[] expected = ["/.oriel/ui/theme.css", "one.css", "two.css", "css/app.css", "App.styles.css", "/.oriel/ui/components.js", "lib.js"];
        Assert.Equal(expected, Regex.Matches(page, "(?:href|src)=\"([^\"]+\\.(?:css|js))\"").Select(static match => match.Groups[1].Value));
    }

    [Fact]
    public void What_the_program_names_cannot_leave_its_attribute()
    {
        var options = new ComponentsOptions { Language = "\"><script>", StyleSheets = { "a\"><script>" } };

        var page = HostPage.Write(options, static _ => false, title: "</title><script>");

        Assert.Single(Regex.Matches(page, "<script"));
    }

    [Theory]
    [InlineData("de", "ltr")]
    [InlineData("ar", "rtl")]
    [InlineData("xx-none-such", "ltr")]
    public void The_page_is_written_in_the_direction_of_its_language(string language, string direction) =>
        Assert.Contains($"<html lang=\"{language}\" dir=\"{direction}\">", HostPage.Write(new ComponentsOptions { Language = language }, static _ => false));
}
