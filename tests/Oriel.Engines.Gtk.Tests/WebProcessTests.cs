using System.Diagnostics;

namespace Oriel.Engines.Gtk.Tests;

/// <summary>The web processes behind the windows: who shares one, and what happens when one is gone.</summary>
public sealed class WebProcessTests(TestApp app)
{
    [Fact]
    public async Task Windows_share_a_web_process_unless_they_want_their_own()
    {
        await using var first = await app.OpenAsync();
        var before = Processes.Web();
        await using var second = await app.OpenAsync();
        var shared = Processes.Web();
        await using var own = await app.OpenAsync(options: new WindowOptions { OwnProcess = true });

        // One of a test before may just be ending.
        Assert.Empty(shared.Except(before));
        Assert.Single(Processes.Web().Except(shared));
    }

    [Fact]
    public async Task A_web_process_that_is_killed_is_told_and_a_reload_brings_the_bridge_back()
    {
        var (page, process) = await OpenAloneAsync();
        await using var open = page;
        var failed = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        page.Window.ProcessFailed += (_, arguments) => failed.TrySetResult(arguments.Reason);
        await page.RunAsync("for (let i = 0; i < 5; i++) oriel.invoke('wait').catch(() => {}); await oriel.invoke('echo', 1)");
        await Eventually.TrueAsync(() => app.Waiting == 5, "the calls are under way");

        process.Kill();
        Assert.NotEmpty(await failed.Task.InTime());
        await Eventually.TrueAsync(() => app.Waiting == 0, "the calls are cancelled");
        await page.Window.EmitAsync("news", "1"u8.ToArray());
        page.Window.Reload();
        await page.Window.WhenReadyAsync().InTime();
        var heard = page.RunAsync("return new Promise((resolve) => oriel.once('news', resolve))");
        await page.UntilAsync("await oriel.invoke('echo', 1) === 1");
        await page.Window.EmitAsync("news", "7"u8.ToArray());

        Assert.Equal(7, (await heard).GetInt32());
    }

    [Fact]
    public async Task Every_window_of_a_killed_process_is_told_and_no_other()
    {
        await using var other = await app.OpenAsync(options: new WindowOptions { OwnProcess = true });
        await using var first = await app.OpenAsync();
        var before = Processes.Web();
        await using var second = await app.OpenAsync();
        var failed = 0;
        var otherFailed = 0;
        first.Window.ProcessFailed += (_, _) => Interlocked.Increment(ref failed);
        second.Window.ProcessFailed += (_, _) => Interlocked.Increment(ref failed);
        other.Window.ProcessFailed += (_, _) => Interlocked.Increment(ref otherFailed);

        Kill(await ProcessOfAsync(first));
        await Eventually.TrueAsync(() => Volatile.Read(ref failed) == 2, "both are told");
        first.Window.Reload();
        second.Window.Reload();
        await first.Window.WhenReadyAsync().InTime();
        await second.Window.WhenReadyAsync().InTime();

        Assert.Equal(0, otherFailed);
        foreach (var page in (Page[])[first, second, other])
        {
            await page.UntilAsync("await oriel.invoke('echo', 1) === 1");
        }
    }

    [Fact]
    public async Task A_script_that_runs_in_a_killed_process_ends_with_an_error()
    {
        var (page, process) = await OpenAloneAsync();
        await using var open = page;

        var running = page.Window.EvaluateAsync("window.begun = 1; return new Promise(() => {})");
        await page.UntilAsync("window.begun");
        process.Kill();

        await Assert.ThrowsAsync<ScriptException>(() => running.InTime());
    }

    [Fact]
    public async Task A_snapshot_of_a_window_without_a_process_ends_with_an_error()
    {
        var (page, process) = await OpenAloneAsync();
        await using var open = page;
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        page.Window.ProcessFailed += (_, _) => failed.TrySetResult();

        process.Kill();
        await failed.Task.InTime();

        await Assert.ThrowsAnyAsync<Exception>(() => page.Window.SnapshotAsync().InTime());
    }

    [Fact]
    public async Task A_window_whose_process_died_closes()
    {
        var (page, process) = await OpenAloneAsync();

        process.Kill();

        await page.DisposeAsync();
    }

    [Fact]
    public async Task No_process_opens_a_port()
    {
        await using var page = await app.OpenAsync(options: new WindowOptions { DevTools = true });
        await page.RunAsync("await Promise.all(Array.from({ length: 50 }, (_, i) => oriel.invoke('echo', i))); await (await fetch('tool://do/port')).text()");

        var ours = Processes.Children().Append(Environment.ProcessId).SelectMany(Processes.Targets).ToHashSet();
        var ports = ((string[])["tcp", "tcp6", "udp", "udp6", "udplite", "raw"])
            .Select(static protocol => $"/proc/net/{protocol}")
            .Where(File.Exists)
            .SelectMany(static file => File.ReadLines(file).Skip(1).Select(line => (File: file, Fields: line.Split(' ', StringSplitOptions.RemoveEmptyEntries))))
            .Where(socket => ours.Contains($"socket:[{socket.Fields[9]}]"))
            .Select(static socket => $"{socket.File} {socket.Fields[1]}");

        Assert.Empty(ports);
    }

    private async Task<(Page Page, Process Process)> OpenAloneAsync()
    {
        var before = Processes.Web();
        var page = await app.OpenAsync(options: new WindowOptions { OwnProcess = true });
        return (page, Process.GetProcessById(Assert.Single(Processes.Web().Except(before))));
    }

    // Only its own process has all of its memory: the others are asked for their share of a large array.
    private static async Task<int> ProcessOfAsync(Page page)
    {
        var before = Processes.Web().ToDictionary(static pid => pid, Processes.PrivateBytes);
        await page.RunAsync("window.ballast = new Uint8Array(80_000_000).fill(7)");
        return before.MaxBy(static process => Processes.PrivateBytes(process.Key) - process.Value).Key;
    }

    private static void Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }
}
