using System.Text.Json;
using Oriel.Engines;
using Oriel.Ipc;
using Oriel.Testing;

namespace Oriel.Engine.Conformance;

/// <summary>What the headless engine is for: an application of its own for each test, in milliseconds.</summary>
[Trait(EngineSelection.Trait, EngineSelection.Headless)]
public sealed class HeadlessEngineTests
{
    [Fact]
    public async Task A_test_calls_a_command_of_an_application()
    {
        await using var host = await StartAsync(app =>
            app.Commands.Map("greet", static (string name) => $"Hello, {name}", Json.Default.String, Json.Default.String));
        var page = await host.OpenPageAsync();

        Assert.Equal("Hello, Ada", await page.InvokeAsync("greet", "Ada", Json.Default.String, Json.Default.String));
    }

    [Fact]
    public async Task Arguments_may_be_written_over_several_lines()
    {
        await using var host = await StartAsync(app =>
            app.Commands.Map("shape", static (Shape shape) => shape.Points[0].Y, Json.Default.Shape, Json.Default.Int32));
        var page = await host.OpenPageAsync();

        Assert.Equal("2", await page.InvokeAsync("shape", """
            {
              "points": [ { "x": 1, "y": 2 } ]
            }
            """));
    }

    [Fact]
    public async Task In_development_an_error_has_its_stack()
    {
        await using var host = await AppHost.StartAsync(
            static () => new HeadlessEngine(),
            static builder => builder.Options = builder.Options with { IsDevelopment = true },
            static app => app.Commands.MapRaw("throws", static _ => throw new InvalidTimeZoneException("It is late.")));
        var page = await host.OpenPageAsync(new WindowOptions { Url = "about:blank" });
        page = await LoadAsync(host, page);

        var error = (await Assert.ThrowsAsync<IpcException>(() => page.InvokeAsync("throws"))).Error;

        Assert.Contains(nameof(In_development_an_error_has_its_stack), JsonDocument.Parse(error.Data).RootElement.GetProperty("stack").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_misses_no_event_of_its_document()
    {
        var arrived = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var engine = new HeadlessEngine(new HeadlessEngineOptions { Script = page => page.On("early", data => arrived.TrySetResult(data)) });
        await using var host = await AppHost.StartAsync(() => engine, setup: static app => app.Assets.AddText("index.html", ""));

        await host.App.Dispatcher.InvokeAsync(() =>
        {
            var window = host.App.CreateWindow();
            window.DocumentReady += (_, _) => _ = window.EmitAsync("early", "1"u8.ToArray()).AsTask();
        });

        Assert.Equal("1", await arrived.Task.Soon());
    }

    [Fact]
    public async Task A_call_that_takes_too_long_times_out_and_is_cancelled()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await StartAsync(app => app.Commands.MapRaw("wait", async context =>
        {
            await using var registration = context.CancellationToken.Register(() => cancelled.TrySetResult());
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }));
        var page = await host.OpenPageAsync();

        var error = await Assert.ThrowsAsync<IpcException>(() => page.InvokeAsync("wait", timeout: TimeSpan.FromMilliseconds(10)));

        Assert.Equal(IpcErrorCode.Timeout, error.Code);
        await cancelled.Task.Soon();
    }

    [Fact]
    public async Task The_next_event_is_awaited_with_its_type()
    {
        await using var host = await StartAsync();
        var page = await host.OpenPageAsync();

        var next = page.NextAsync("tick", Json.Default.Int32);
        await host.App.Events.EmitAsync("tick", 7, Json.Default.Int32);

        Assert.Equal(7, await next.Soon());
    }

    [Fact]
    public async Task A_page_follows_the_one_before_it()
    {
        await using var host = await StartAsync(static app => app.Assets.AddText("next.html", "<title>The &amp; next</title>"));
        var first = await host.OpenPageAsync();

        var second = await first.NavigateAsync("next.html").Soon();
        var third = await second.GoBackAsync().Soon();

        Assert.Equal(("oriel://app/next.html", "The & next"), (second.Address, second.Title));
        Assert.Equal("oriel://app/index.html", third.Address);
        Assert.True(first.IsEnded && second.IsEnded && !third.IsEnded);
        await Assert.ThrowsAsync<IpcException>(() => second.InvokeAsync("any"));
    }

    [Fact]
    public async Task A_page_that_may_not_go_somewhere_is_told_so()
    {
        await using var host = await StartAsync();
        var page = await host.OpenPageAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => page.NavigateAsync("https://example.org/").Soon());

        Assert.False(page.IsEnded);
    }

    [Fact]
    public async Task A_link_that_the_user_follows_is_opened_outside()
    {
        var engine = new HeadlessEngine();
        await using var host = await AppHost.StartAsync(() => engine, setup: static app => app.Assets.AddText("index.html", ""));
        var page = await host.OpenPageAsync();

        page.OpenWindow("https://example.org/a", isUserGesture: true);
        page.OpenWindow("https://example.org/b");

        await Patience.UntilAsync(() => engine.OpenedAddresses.Count > 0, "the browser");
        Assert.Equal([new Uri("https://example.org/a")], engine.OpenedAddresses);
    }

    [Fact]
    public async Task A_page_that_crashed_comes_back_by_a_reload()
    {
        await using var host = await StartAsync(static app => app.Commands.Map("one", static _ => 1, Json.Default.Int32));
        var page = await host.OpenPageAsync();
        var window = host.App.Windows[0];
        var failed = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        window.ProcessFailed += (_, e) => failed.TrySetResult(e.Reason);

        page.Crash("on purpose");
        Assert.Equal("on purpose", await failed.Task.Soon());
        window.Reload();
        page = await page.NextPageAsync().Soon();

        Assert.Equal("1", await page.InvokeAsync("one"));
    }

    [Fact]
    public async Task What_has_no_stamp_or_another_s_is_refused()
    {
        await using var host = await StartAsync();
        var (page, other) = (await host.OpenPageAsync(), await host.OpenPageAsync());
        const string Call = """{"type":"request","id":"1","method":"oriel.window.close"}""";

        Assert.StartsWith("!-32600 ", await page.PostRawAsync(Call), StringComparison.Ordinal);
        Assert.StartsWith("!-32600 ", await page.PostRawAsync(""), StringComparison.Ordinal);
        Assert.StartsWith("!-32003 ", await page.PostRawAsync(other.Stamp + Call), StringComparison.Ordinal);
        Assert.StartsWith("!-32003 ", await page.PostRawAsync(page.Stamp.Replace("oriel://app", "https://example.org", StringComparison.Ordinal) + Call), StringComparison.Ordinal);
        Assert.Equal(2, host.App.Windows.Count);
    }

    [Fact]
    public async Task What_a_page_does_not_read_stays_bounded()
    {
        await using var host = await StartAsync();
        var page = await host.OpenPageAsync();
        var data = new byte[10_000];
        data.AsSpan().Fill((byte)'1');
        page.StopReading();

        using var enough = new CancellationTokenSource();
        var emitting = Task.Run(async () =>
        {
            while (true)
            {
                await host.App.Events.EmitAsync("flood", data, enough.Token);
            }
        });
        await Patience.UntilAsync(() => page.UnreadBytes > 256 * 1024 - 20_000, "the window to fill");
        var unread = page.UnreadBytes;
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => emitting.Soon());

        Assert.InRange(unread, 1, 256 * 1024 + 1);
    }

    [Fact]
    public async Task Fetching_what_nothing_serves_is_a_network_error()
    {
        await using var host = await StartAsync();
        var page = await host.OpenPageAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => page.FetchAsync("https://example.org/"));
    }

    [Fact]
    public async Task A_page_that_cannot_be_loaded_says_so()
    {
        await using var host = await StartAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.OpenPageAsync(new WindowOptions { Url = "https://example.org/" }).Soon());
    }

    [Fact]
    public async Task Closing_a_window_ends_what_waits_for_its_page()
    {
        await using var host = await StartAsync();
        var page = await host.OpenPageAsync();
        var (next, tick) = (page.NextPageAsync(), page.NextAsync("tick"));

        host.App.Windows[0].Close();

        await Assert.ThrowsAsync<InvalidOperationException>(() => next.Soon());
        await Assert.ThrowsAsync<IpcException>(() => tick.Soon());
    }

    [Fact]
    public async Task An_application_ends_with_its_last_window()
    {
        var app = new OrielAppBuilder(static () => new HeadlessEngine()).Build();
        app.Assets.AddText("index.html", "");

        var exitCode = await RunAsync(app, () =>
        {
            var (first, second) = (app.CreateWindow(), app.CreateWindow());
            first.Closed += (_, _) => second.Close();
            first.Close();
        });

        Assert.Equal(0, exitCode);
        Assert.Empty(app.Windows);
    }

    [Fact]
    public async Task An_application_that_quits_gives_its_exit_code()
    {
        var app = new OrielAppBuilder(static () => new HeadlessEngine()).Build();
        app.Assets.AddText("index.html", "");

        var exitCode = await RunAsync(app, () =>
        {
            app.CreateWindow();
            app.Quit(3);
        });

        Assert.Equal(3, exitCode);
    }

    [Fact]
    public async Task A_host_s_own_loop_drives_the_engine_by_ticks()
    {
        var ticked = await RunAsync(() =>
        {
            var engine = new HeadlessEngine();
            engine.Start(new EngineOptions { ApplicationName = "ticks", Schemes = ["oriel"] });
            var isIdle = !engine.Tick();
            var order = new List<int>();
            engine.Dispatcher.Post(() =>
            {
                order.Add(1);
                engine.Dispatcher.Post(() => order.Add(2));
            });
            return isIdle && engine.Tick() && order is [1, 2] && !engine.Tick();
        });

        Assert.True(ticked);
    }

    private static Task<AppHost> StartAsync(Action<OrielApp>? setup = null) => AppHost.StartAsync(static () => new HeadlessEngine(), setup: app =>
    {
        app.Assets.AddText("index.html", "<!doctype html>");
        setup?.Invoke(app);
    });

    private static Task<HeadlessPage> LoadAsync(AppHost host, HeadlessPage page)
    {
        var next = page.NextPageAsync();
        host.App.Assets.AddText("index.html", "");
        host.App.Windows[0].LoadUrl("index.html");
        return next.Soon();
    }

    private static Task<int> RunAsync(OrielApp app, Action begin) => RunAsync(() =>
    {
        begin();
        return app.Run();
    });

    // On a thread of its own, which becomes the UI thread.
    private static Task<T> RunAsync<T>(Func<T> function)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                result.SetResult(function());
            }
            catch (Exception exception)
            {
                result.SetException(exception);
            }
        });
        thread.IsBackground = true;
        thread.Start();
        return result.Task.Soon();
    }
}
