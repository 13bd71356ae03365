using System.Text;
using System.Text.Json;
using Oriel.Ipc;
using Oriel.Protocols;
using Oriel.Testing;

namespace Oriel.Components.Tests;

/// <summary>What pages try that are not ours: each attempt is refused, and the session of the page that is ours goes on.</summary>
public sealed class HostileWindowTests
{
    [Fact]
    public async Task Another_window_cannot_send_to_a_session()
    {
        await using var host = await ComponentHost.StartAsync();
        var victim = await host.ShowAsync<Counter>();
        var attacker = await host.ShowAsync<Counter>();

        var code = await attacker.RefusalAsync("oriel.ui.send", $"""["{victim.Session}", [1, 1, "ack"]]""");

        Assert.Equal(IpcErrorCode.Denied, code);
        await GoesOnAsync(victim);
    }

    [Fact]
    public async Task The_next_document_of_a_window_cannot_send_to_the_session_before()
    {
        await using var host = await ComponentHost.StartAsync();
        var before = await host.ShowAsync<Counter>();
        var next = await WindowDocument.OpenAsync(await before.Page.ReloadAsync());

        Assert.Equal(IpcErrorCode.Denied, await next.RefusalAsync("oriel.ui.send", $"""["{before.Session}", [1, 1, "ack"]]"""));
        await GoesOnAsync(next);
    }

    [Fact]
    public async Task A_session_that_has_ended_takes_no_messages()
    {
        await using var host = await ComponentHost.StartAsync();
        var document = await host.ShowAsync<Counter>();
        await document.SendAsync("no such kind");
        await document.Ended.InTime();

        Assert.Equal(IpcErrorCode.Denied, await document.RefusalAsync("oriel.ui.send", $"""["{document.Session}", [2, 1, "ack"]]"""));
    }

    [Fact]
    public async Task A_window_without_components_opens_no_session()
    {
        await using var host = await ComponentHost.StartAsync(setup: static app => app.Assets.AddText("plain.html", "<title>plain</title>"));
        var page = await host.OpenPageAsync(new WindowOptions { Url = "plain.html" }, TestContext.Current.CancellationToken);

        var exception = await Assert.ThrowsAsync<IpcException>(() => OpenAsync(page));

        Assert.Equal(IpcErrorCode.Denied, exception.Code);
    }

    [Fact]
    public async Task A_foreign_document_in_a_window_of_components_opens_no_session()
    {
        await using var host = await ComponentHost.StartAsync(setup: static app => app.Protocols.Map("foreign", static _ => ValueTask.FromResult(ProtocolResponse.Text("foreign", "text/html"))));
        var document = await host.ShowAsync<Counter>();
        var next = document.Page.NextPageAsync(TestContext.Current.CancellationToken);
        host.App.Windows[0].LoadUrl("foreign://site/", bridge: true);
        var page = await next.InTime();

        var exception = await Assert.ThrowsAsync<IpcException>(() => OpenAsync(page));

        Assert.Equal(IpcErrorCode.Denied, exception.Code);
    }

    [Fact]
    public async Task A_document_has_one_session()
    {
        await using var host = await ComponentHost.StartAsync();
        var document = await host.ShowAsync<Counter>();

        var exception = await Assert.ThrowsAsync<IpcException>(() => OpenAsync(document.Page));

        Assert.Contains("has a session already", exception.Message);
        await GoesOnAsync(document);
    }

    [Theory]
    [InlineData("oriel.ui.send", "null")]
    [InlineData("oriel.ui.send", "{}")]
    [InlineData("oriel.ui.send", "[]")]
    [InlineData("oriel.ui.send", "[5]")]
    [InlineData("oriel.ui.send", "[\"\\ud800\"]")]
    [InlineData("oriel.ui.send", "[\"SESSION\", 5]")]
    [InlineData("oriel.ui.upload", "[\"SESSION\", \"1\", 5]")]
    [InlineData("oriel.ui.upload", "[\"SESSION\", -1, {\"$body\":\"1\",\"length\":1}]")]
    [InlineData("oriel.ui.upload", "[\"SESSION\", 1e99, {\"$body\":\"1\",\"length\":1}]")]
    [InlineData("oriel.ui.upload", "[\"SESSION\", 1, {\"$body\":\"1\",\"length\":1}, 2]")]
    [InlineData("oriel.ui.upload", "[\"SESSION\", 1]")]
    public async Task What_is_malformed_is_refused(string command, string arguments)
    {
        await using var host = await ComponentHost.StartAsync();
        var document = await host.ShowAsync<Counter>();

        Assert.Equal(IpcErrorCode.InvalidParams, await document.RefusalAsync(command, arguments.Replace("SESSION", document.Session, StringComparison.Ordinal)));
        await GoesOnAsync(document);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"url":5}""")]
    [InlineData("""{"url":"https://example.org/"}""")]
    [InlineData("""{"url":"oriel://other/"}""")]
    [InlineData("""{"url":"todo/5"}""")]
    public async Task A_session_does_not_begin_at_an_address_that_is_not_the_apps(string start)
    {
        await using var host = await ComponentHost.StartAsync();
        var window = await host.App.CreateWindowAsync<Counter>();
        var page = await host.PageOfAsync(window, TestContext.Current.CancellationToken);

        var exception = await Assert.ThrowsAsync<IpcException>(() => OpenAsync(page, start));

        Assert.Equal(IpcErrorCode.InvalidParams, exception.Code);
    }

    [Fact]
    public async Task More_messages_than_a_page_ever_sends_at_once_are_refused()
    {
        await using var host = await ComponentHost.StartAsync();
        var document = await host.ShowAsync<Counter>();
        var flood = new StringBuilder($"[\"{document.Session}\"");
        for (var i = 1; i <= 2_000; i++)
        {
            flood.Append(System.Globalization.CultureInfo.InvariantCulture, $",[{i},0,\"ack\"]");
        }

        Assert.Equal(IpcErrorCode.InvalidParams, await document.RefusalAsync("oriel.ui.send", flood.Append(']').ToString()));
        await GoesOnAsync(document);
    }

    [Fact]
    public async Task A_flood_of_messages_that_wait_for_one_that_never_comes_ends_the_session_alone()
    {
        await using var host = await ComponentHost.StartAsync();
        var document = await host.ShowAsync<Counter>();
        var other = await host.ShowAsync<Counter>();
        var id = document.Session;

        for (var block = 0; block < 2; block++)
        {
            var messages = string.Join(',', Enumerable.Range((block * 1_000) + 2, 1_000).Select(static n => $"[{n},0,\"ack\"]"));
            _ = document.Page.InvokeAsync("oriel.ui.send", $"[\"{id}\",{messages}]", cancellationToken: TestContext.Current.CancellationToken);
        }

        await document.Ended.InTime();
        await GoesOnAsync(other);
    }

    [Fact]
    public async Task There_are_no_more_sessions_than_there_may_be()
    {
        await using var host = await ComponentHost.StartAsync(static options => options.MaxSessions = 1);
        var document = await host.ShowAsync<Counter>();
        var second = await host.App.CreateWindowAsync<Counter>();
        var page = await host.PageOfAsync(second, TestContext.Current.CancellationToken);

        var exception = await Assert.ThrowsAsync<IpcException>(() => OpenAsync(page));

        Assert.Equal(IpcErrorCode.Busy, exception.Code);
        await GoesOnAsync(document);
    }

    [Fact]
    public async Task A_window_that_may_do_nothing_else_still_shows_its_components()
    {
        await using var host = await ComponentHost.StartAsync(builder: static builder => builder.Capabilities.Define("none"), setup: static app =>
            app.Commands.MapRaw("secret", static _ => ValueTask.CompletedTask));
        var document = await host.ShowAsync<Counter>(new WindowOptions { Capabilities = [] });

        Assert.Equal(IpcErrorCode.Denied, await document.RefusalAsync("secret", "null"));
        await GoesOnAsync(document);
    }

    private static async Task GoesOnAsync(WindowDocument document)
    {
        var before = document.Messages.Count;
        await document.ClickAsync();
        await Soon.UntilAsync(() => document.Messages.Count > before);
        Assert.Equal(JsonValueKind.Number, document.Messages[^1][2]!.GetValueKind());
    }

    private static async Task OpenAsync(HeadlessPage page, string? start = null)
    {
        await foreach (var _ in page.StreamAsync("oriel.ui.open", start ?? WindowDocument.Start("oriel://app/")))
        {
        }
    }
}
