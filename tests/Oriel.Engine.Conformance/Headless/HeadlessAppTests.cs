using Microsoft.Extensions.DependencyInjection;
using Oriel.Testing;

namespace Oriel.Engine.Conformance;

/// <summary>What an application does apart from its engine. Each of these was a bug once.</summary>
public sealed class HeadlessAppTests
{
    [Fact]
    public async Task A_window_that_ends_with_the_application_tells_its_end()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (var host = await StartAsync())
        {
            await host.OpenPageAsync();
            host.App.Windows[0].Closed += (_, _) => closed.TrySetResult();
        }

        await closed.Task.Soon();
    }

    [Fact]
    public async Task A_service_that_can_only_be_disposed_asynchronously_is_disposed()
    {
        var service = new AsyncService();
        await using (var host = await AppHost.StartAsync(static () => new HeadlessEngine(), builder => builder.Services.AddSingleton(_ => service)))
        {
            host.App.Services.GetRequiredService<AsyncService>();
        }

        Assert.True(service.IsDisposed);
    }

    [Fact]
    public async Task A_window_whose_closing_handler_throws_can_be_closed()
    {
        await using var host = await StartAsync();
        await host.OpenPageAsync();
        var window = host.App.Windows[0];
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        window.Closing += static (_, _) => throw new InvalidOperationException("The handler is broken.");
        window.Closed += (_, _) => closed.TrySetResult();

        window.Close();

        await closed.Task.Soon();
    }

    [Fact]
    public async Task A_text_asset_may_be_named_with_a_slash_in_front()
    {
        await using var host = await StartAsync(static app => app.Assets.AddText("/notes/today.txt", "rain"));
        var page = await host.OpenPageAsync();

        var response = await page.FetchAsync("oriel://app/notes/today.txt");

        Assert.Equal(200, response.Status);
    }

    [Fact]
    public async Task A_document_of_XML_has_a_policy_too()
    {
        await using var host = await StartAsync(static app => app.Assets.AddText("feed.xml", "<feed/>"));
        var page = await host.OpenPageAsync();

        var response = await page.FetchAsync("oriel://app/feed.xml");

        Assert.Contains("default-src", response.Headers["Content-Security-Policy"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_raw_command_can_answer_with_a_stream_of_nothing()
    {
        await using var host = await StartAsync(static app => app.Commands.MapRaw("none", static context =>
        {
            context.BeginStream();
            return ValueTask.CompletedTask;
        }));
        var page = await host.OpenPageAsync();

        var items = new List<string>();
        await foreach (var item in page.StreamAsync("none"))
        {
            items.Add(item);
        }

        Assert.Empty(items);
    }

    [Fact]
    public async Task The_next_event_waits_for_a_typed_handler_that_waits()
    {
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var seen = new List<string?>();
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await StartAsync(app => app.Events.On("note", async (_, text) =>
        {
            if (text == "first")
            {
                await first.Task;
            }

            seen.Add(text);
            if (seen.Count == 2)
            {
                both.TrySetResult();
            }
        }, Json.Default.String));
        var page = await host.OpenPageAsync();

        await page.EmitAsync("note", "\"first\"");
        await page.EmitAsync("note", "\"second\"");
        first.SetResult();
        await both.Task.Soon();

        Assert.Equal(["first", "second"], seen);
    }

    private static Task<AppHost> StartAsync(Action<OrielApp>? setup = null) => AppHost.StartAsync(static () => new HeadlessEngine(), setup: app =>
    {
        app.Assets.AddText("index.html", "<!doctype html>");
        setup?.Invoke(app);
    });

    private sealed class AsyncService : IAsyncDisposable
    {
        public bool IsDisposed { get; private set; }

        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            IsDisposed = true;
        }
    }
}
