namespace Oriel.Engine.Conformance;

/// <summary>What the app's origin serves.</summary>
public abstract class AssetTests(EngineFixture engine)
{
    [Theory]
    [InlineData("oriel://app/", "text/html; charset=utf-8", "Index")]
    [InlineData("/index.html", "text/html; charset=utf-8", "Index")]
    [InlineData("inside.txt", "text/plain; charset=utf-8", "inside")]
    [InlineData("inside.txt?v=1", "text/plain; charset=utf-8", "inside")]
    [InlineData("/sub/page.html", "text/html; charset=utf-8", "Sub")]
    [InlineData("/stays.txt", "text/plain; charset=utf-8", "inside")]
    [InlineData("/%C3%BCn%C3%AFcode%20name.txt", "text/plain; charset=utf-8", "inside")]
    [InlineData("/insid%65.txt", "text/plain; charset=utf-8", "inside")]
    public async Task An_asset_is_served_with_its_type(string url, string contentType, string content)
    {
        await using var page = await engine.OpenAsync();

        var response = await page.FetchAsync(url);

        Assert.Equal((200, contentType), (response.Status, response.Header("Content-Type")));
        Assert.Contains(content, response.Text, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Header("X-Content-Type-Options"));
    }

    [Fact]
    public async Task A_page_has_a_policy_and_a_text_has_none()
    {
        await using var page = await engine.OpenAsync();

        var (html, text) = (await page.FetchAsync("/index.html"), await page.FetchAsync("/inside.txt"));

        Assert.StartsWith("default-src 'self'; script-src 'self';", html.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Null(text.Header("Content-Security-Policy"));
    }

    [Theory]
    [InlineData("/no-such-file")]
    [InlineData("/../secret.txt")]
    [InlineData("/sub/../../secret.txt")]
    [InlineData("/%2e%2e/secret.txt")]
    [InlineData("/%2e%2e%2fsecret.txt")]
    [InlineData("/..%2fsecret.txt")]
    [InlineData("/%252e%252e%252fsecret.txt")]
    [InlineData("/%252e%252e/secret.txt")]
    [InlineData("/..\\secret.txt")]
    [InlineData("/..%5csecret.txt")]
    [InlineData("/%5c..%5csecret.txt")]
    [InlineData("/inside.txt%00.html")]
    [InlineData("/inside.txt%00")]
    [InlineData("/.../secret.txt")]
    [InlineData("//etc/hostname")]
    [InlineData("/%2fetc/hostname")]
    [InlineData("/%2fetc%2fhostname")]
    [InlineData("/C:/secret.txt")]
    [InlineData("/inside.txt:stream")]
    [InlineData("/leaves.txt")]
    [InlineData("/leaves/secret.txt")]
    [InlineData("/pipe")]
    [InlineData("/sub")]
    [InlineData("/sub/")]
    [InlineData("/.hidden")]
    [InlineData("/sub/./page.txt")]
    [InlineData("/%ff%fe")]
    [InlineData("/%c0%ae%c0%ae/secret.txt")]
    [InlineData("/%")]
    [InlineData("/%2")]
    [InlineData("/%zz")]
    [InlineData("/.oriel/down/")]
    [InlineData("/.oriel/anything")]
    [InlineData("oriel://other/inside.txt")]
    public async Task A_path_that_is_no_asset_gives_404_and_reads_nothing(string url)
    {
        await using var page = await engine.OpenAsync();

        var response = await page.FetchAsync(url);

        // 0: the engine did not let the page read the answer, as for another host.
        Assert.True(response.Status is 404 or 0, $"The status is {response.Status}.");
        Assert.DoesNotContain("secret", response.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("inside", response.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task An_asset_can_only_be_read(string method)
    {
        await using var page = await engine.OpenAsync();

        Assert.Equal(405, (await page.FetchAsync("/inside.txt", method)).Status);
    }

    [Fact]
    public async Task A_part_of_a_file_is_served()
    {
        await using var page = await engine.OpenAsync();

        var response = await page.FetchAsync("/bytes.bin", headers: new Dictionary<string, string> { ["Range"] = "bytes=254-257" });

        Assert.Equal((206, "bytes 254-257/1000"), (response.Status, response.Header("Content-Range")));
        Assert.Equal([254, 255, 0, 1], response.Body);
    }

    [Fact]
    public async Task An_asset_that_was_replaced_is_served_as_it_is_now()
    {
        var path = $"{engine.Unique("changing")}.txt";
        await using var page = await engine.OpenAsync();

        engine.App.Assets.AddText(path, "before");
        var before = await page.FetchAsync(path);
        engine.App.Assets.AddText(path, "after");
        var after = await page.FetchAsync(path);

        Assert.Equal(("before", "after"), (before.Text, after.Text));
    }
}
