using System.Text.Json;
using Gallery.Backend;
using Oriel.Testing;

namespace Gallery.Tests;

public sealed class BackendTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task It_does_not_run_before_it_is_asked_for()
    {
        await using var gallery = await StartAsync();

        var report = await CallAsync(gallery, "python.status");

        Assert.Equal("stopped", report.GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("pid").ValueKind);
    }

    [Fact]
    public async Task Started_it_answers_calls_of_the_page_and_tells_what_its_channel_carried()
    {
        await using var gallery = await StartAsync();

        await CallAsync(gallery, "python.start");
        var frames = await CallAsync(gallery, "backend.frames", """{"start":3,"end":6}""");
        var report = await CallAsync(gallery, "python.status");

        Assert.Equal("[3,4,5]", frames.GetRawText());
        Assert.Equal("ready", report.GetProperty("state").GetString());
        Assert.Equal(1, report.GetProperty("traffic").GetProperty("calls").GetInt64());
    }

    [Fact]
    public async Task A_start_without_Python_says_what_is_missing()
    {
        await using var gallery = await StartAsync("python-that-nobody-has");

        var error = await Assert.ThrowsAnyAsync<Exception>(() => CallAsync(gallery, "python.start"));
        var report = await CallAsync(gallery, "python.status");

        Assert.Contains("There is no program \"python-that-nobody-has\"", error.Message, StringComparison.Ordinal);
        Assert.Equal("failed", report.GetProperty("state").GetString());
        Assert.Contains("Install it", report.GetProperty("lastError").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_prints_is_kept_and_told_apart()
    {
        await using var gallery = await StartAsync();
        var backend = gallery.Host.App.Backends.Find("backend")!;
        var printed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var crashed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        backend.LineWritten += (_, line) => (line.IsError ? crashed : printed).TrySetResult();

        await CallAsync(gallery, "python.start");
        await Assert.ThrowsAnyAsync<Exception>(() => CallAsync(gallery, "backend.crash"));
        await Task.WhenAll(printed.Task, crashed.Task).WaitAsync(Patience, TestContext.Current.CancellationToken);
        var lines = (await CallAsync(gallery, "python.lines")).EnumerateArray().ToList();

        Assert.Contains(lines, static line => !line.GetProperty("error").GetBoolean() && line.GetProperty("text").GetString()!.StartsWith("Python 3", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.GetProperty("error").GetBoolean() && line.GetProperty("text").GetString() == "crashing, as asked");
    }

    [Fact]
    public async Task Stopped_it_leaves_no_process()
    {
        await using var gallery = await StartAsync();
        var pid = (await CallAsync(gallery, "python.start")).GetProperty("pid").GetInt32();

        var report = await CallAsync(gallery, "python.stop");

        Assert.Equal("stopped", report.GetProperty("state").GetString());
        Assert.False(Directory.Exists($"/proc/{pid}"));
    }

    [Fact]
    public async Task Restarted_it_is_another_process()
    {
        await using var gallery = await StartAsync();
        var before = (await CallAsync(gallery, "python.start")).GetProperty("pid").GetInt32();

        var after = (await CallAsync(gallery, "python.restart")).GetProperty("pid").GetInt32();

        Assert.NotEqual(before, after);
    }

    [Fact]
    public async Task A_measurement_has_a_time_for_every_call()
    {
        await using var gallery = await StartAsync();
        await CallAsync(gallery, "python.start");

        var times = (await CallAsync(gallery, "python.measure", """{"count":25}""")).EnumerateArray().Select(static time => time.GetDouble()).ToList();

        Assert.Equal(25, times.Count);
        Assert.All(times, static time => Assert.True(time > 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public async Task A_measurement_without_bounds_is_refused(int count)
    {
        await using var gallery = await StartAsync();

        var error = await Assert.ThrowsAnyAsync<Exception>(() => CallAsync(gallery, "python.measure", $$"""{"count":{{count}}}"""));

        Assert.Contains("1 to 10000 calls", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_may_call_nothing_of_the_application() => Assert.Empty(PythonBackend.Create().Options.AllowedCommands);

    private static async Task<JsonElement> CallAsync(Started gallery, string name, string? arguments = null)
    {
        var json = await gallery.Page.InvokeAsync(name, arguments).WaitAsync(Patience, TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static async Task<Started> StartAsync(string? program = null)
    {
        var host = await AppHost.StartAsync(static () => new HeadlessEngine(), setup: app =>
        {
            app.Assets.AddText("index.html", "<!doctype html><title>Page</title>");
            BackendCommands.AddTo(app, app.Backends.Add(PythonBackend.Create(program)));
        });
        return new Started(host, await host.OpenPageAsync(cancellationToken: TestContext.Current.CancellationToken));
    }

    private sealed record Started(AppHost Host, HeadlessPage Page) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
