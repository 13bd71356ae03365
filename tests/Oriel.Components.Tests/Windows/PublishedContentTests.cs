using Oriel.Testing;

namespace Oriel.Components.Tests;

public sealed class PublishedContentTests
{
    [Fact]
    public async Task Content_is_fetched_once_by_its_own_window()
    {
        await using var host = await ComponentHost.StartAsync();
        var document = await host.ShowAsync<Counter>();
        var other = await host.ShowAsync<Counter>();
        using var content = Session(host, document).Publish(static () => new MemoryStream([1, 2, 3]), "image/png");

        Assert.Equal(404, await StatusAsync(other.Page, content.Address));
        Assert.Equal(404, await StatusAsync(document.Page, content.Address, "HEAD"));
        await using (var first = await document.Page.FetchAsync(content.Address, cancellationToken: TestContext.Current.CancellationToken))
        {
            Assert.Equal("image/png", first.ContentType);
            Assert.Equal([1, 2, 3], await first.ReadBytesAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal(404, await StatusAsync(document.Page, content.Address));
    }

    [Fact]
    public async Task Content_that_has_ended_is_not_there()
    {
        await using var host = await ComponentHost.StartAsync();
        var document = await host.ShowAsync<Counter>();
        var content = Session(host, document).Publish(static () => new MemoryStream([1, 2, 3]), "image/png");

        content.Dispose();

        Assert.Equal(404, await StatusAsync(document.Page, content.Address));
    }

    private static ComponentSession Session(AppHost host, WindowDocument document) =>
        ((SessionHost)host.App.Services.GetService(typeof(SessionHost))!).Find(document.Session)!;

    private static async Task<int> StatusAsync(HeadlessPage page, string address, string method = "GET")
    {
        await using var answer = await page.FetchAsync(address, method, cancellationToken: TestContext.Current.CancellationToken);
        return answer.Status;
    }
}
