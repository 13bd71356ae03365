using Microsoft.Extensions.Logging;
using Oriel.Testing;

namespace Oriel.Engine.Conformance;

/// <summary>What a document could try that has taken over its own isolated script.</summary>
public sealed class HeadlessCapabilityAttackTests
{
    private const string Ready = """{"type":"ready","data":{"down":"stream"}}""";
    private const string Secret = """{"type":"request","id":"1","method":"secret"}""";

    private int _called;

    [Fact]
    public async Task A_document_of_lower_trust_does_not_become_the_app_by_its_stamp()
    {
        await using var host = await StartAsync();
        var (own, lower) = (await host.OpenPageAsync(), await host.OpenPageAsync(new WindowOptions { Url = "oriel://plugin-x/" }));
        var id = lower.Stamp[..lower.Stamp.IndexOf(' ')];

        foreach (var stamp in (string[])[$"{id} oriel://app\n", own.Stamp, $"{id} oriel://plugin-y\n", $"{id} oriel://PLUGIN-X\n", $"{id} oriel://plugin-x.\n", $"{id} oriel://plugin-x/\n", $"{id} null\n"])
        {
            Assert.StartsWith("!-32003 ", await lower.PostRawAsync(stamp + Ready), StringComparison.Ordinal);
            Assert.StartsWith("!-32003 ", await lower.PostRawAsync(stamp + Secret), StringComparison.Ordinal);
        }

        Assert.Contains("-32003", await lower.PostAsync(Secret), StringComparison.Ordinal);
        Assert.Equal(0, _called);
    }

    [Fact]
    public async Task A_document_of_lower_trust_does_not_get_the_stream_of_another()
    {
        await using var host = await StartAsync();
        var (own, lower) = (await host.OpenPageAsync(), await host.OpenPageAsync(new WindowOptions { Url = "oriel://plugin-x/" }));
        var id = own.Stamp[..own.Stamp.IndexOf(' ')];

        Assert.Equal(404, (await lower.FetchAsync($"oriel://app/.oriel/down/{id}")).Status);
    }

    [Fact]
    public async Task A_page_that_asks_for_ever_does_not_fill_the_log()
    {
        var log = new RecordedLog();
        await using var host = await StartAsync(log);
        var page = await host.OpenPageAsync(new WindowOptions { Url = "oriel://plugin-x/" });

        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 100; i++)
            {
                Assert.Contains("-32003", await page.PostAsync($$"""{"type":"request","id":"{{i}}","method":"c{{round}}.{{i}}"}"""), StringComparison.Ordinal);
            }

            page = await page.ReloadAsync();
        }

        Assert.Equal(17, log.Lines.Count);
    }

    private async Task<AppHost> StartAsync(RecordedLog? log = null) => await AppHost.StartAsync(
        static () => new HeadlessEngine(),
        builder =>
        {
            builder.ConfigureLogging(logging => logging.AddProvider(log ?? new RecordedLog()));
            builder.Capabilities.Define("base", static all => all.AllowCommands("open")).GrantTo("oriel://plugin-x", null, "base").GrantTo("oriel://plugin-y", null, "base");
        },
        app =>
        {
            app.Assets.AddText("index.html", "<!doctype html>");
            app.Origins.Add("plugin-x", static assets => assets.AddText("index.html", "<!doctype html>"));
            app.Origins.Add("plugin-y");
            app.Commands.MapRaw("open", static _ => ValueTask.CompletedTask);
            app.Commands.MapRaw("secret", _ =>
            {
                Interlocked.Increment(ref _called);
                return ValueTask.CompletedTask;
            });
        });
}
