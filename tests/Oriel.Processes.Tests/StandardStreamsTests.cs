using Microsoft.Extensions.Logging;
using Oriel.Ipc;

namespace Oriel.Processes.Tests;

/// <summary>Back ends whose messages are on their standard input and output.</summary>
public sealed class StandardStreamsTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("rfc")]
    public async Task A_program_that_knows_lines_alone_answers_calls_and_its_prints_are_lines_of_the_log(string mode)
    {
        var (app, _) = await BackendApp.StartAsync(Python.OnStandardStreams(mode));
        await using var __ = app;
        await app.CallAsync("backend.write", """{"out":"hello\n\u001b[31mred\n\n","err":"slow\n"}""");

        Assert.Equal("[1,null]", (await app.CallAsync("backend.echo", "[1,null]")).Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal("[0,1,2]", $"[{string.Join(',', await app.Page.StreamAsync("backend.count", """{"to":3}""").ToListAsync().AsTask().InTime())}]");
        await Soon.UntilAsync(() => app.Log.Lines.Contains((LogLevel.Warning, "backend: slow")));
        Assert.Contains((LogLevel.Information, "backend: a banner of a library"), app.Log.Lines);
        Assert.Contains((LogLevel.Information, "backend: hello"), app.Log.Lines);
        Assert.Contains((LogLevel.Information, "backend: \uFFFD[31mred"), app.Log.Lines);
        Assert.DoesNotContain(app.Log.Lines, static line => line.Text.TrimEnd() == "backend:" || line.Text.Contains("\"response\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Events_cross_both_ways_between_prints()
    {
        var (app, backend) = await BackendApp.StartAsync(Python.OnStandardStreams());
        await using var _ = app;
        var emitted = app.Page.NextAsync("test.emitted");
        await app.CallAsync("backend.emit", """{"event":"test.emitted","data":[7]}""");
        await backend.EmitAsync("render", "42"u8.ToArray());
        await app.CallAsync("backend.burst", "100");

        Assert.Equal("[7]", await emitted.InTime());
        Assert.Equal("42", await app.CallAsync("backend.received", "\"render\""));
        Assert.Equal(
            Enumerable.Range(0, 100).Select(static number => $"backend: line {number}"),
            app.Log.Lines.Select(static line => line.Text).Where(static text => text.StartsWith("backend: line ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task It_is_told_how_by_both_names_and_of_no_channel()
    {
        var (app, _) = await BackendApp.StartAsync(Python.OnStandardStreams() with
        {
            Environment = new Dictionary<string, string?> { ["ORIEL_IPC_CHANNEL"] = "/somebody/else", ["AURORAVIEW_IPC_CHANNEL"] = "else" },
        });
        await using var __ = app;

        Assert.Equal("\"legacy\"", await app.CallAsync("backend.environment", "\"ORIEL_IPC_MODE\""));
        Assert.Equal("\"legacy\"", await app.CallAsync("backend.environment", "\"AURORAVIEW_IPC_MODE\""));
        Assert.Equal("null", await app.CallAsync("backend.environment", "\"ORIEL_IPC_CHANNEL\""));
        Assert.Equal("null", await app.CallAsync("backend.environment", "\"AURORAVIEW_IPC_CHANNEL\""));
    }

    [Fact]
    public async Task A_kill_fails_the_calls_under_way_and_brings_a_new_process()
    {
        var (app, backend) = await BackendApp.StartAsync(Python.OnStandardStreams());
        await using var _ = app;
        var waiting = app.Page.NextAsync("test.waiting");
        var call = app.Page.InvokeAsync("backend.wait");
        await waiting.InTime();
        var first = backend.Status.ProcessId!.Value;
        var restarting = BackendApp.ReachesAsync(backend, BackendState.Restarting);
        backend.Kill();

        Assert.Equal(IpcErrorCode.Disconnected, (await Assert.ThrowsAsync<IpcException>(() => call.InTime())).Code);
        await restarting;
        await backend.StartAsync().InTime();
        Assert.Equal("1", await app.CallAsync("backend.echo", "1"));
        Assert.NotEqual(first, backend.Status.ProcessId);
        Assert.Contains("SIGKILL", backend.Status.LastError, StringComparison.Ordinal);
        await Soon.UntilAsync(() => Alive.InGroup(first).Count == 0);
    }

    [Fact]
    public async Task The_end_of_its_input_ends_it_without_a_signal()
    {
        var (app, backend) = await BackendApp.StartAsync(Python.OnStandardStreams() with { ShutdownTimeout = Soon.Limit });
        await using var _ = app;
        var pid = backend.Status.ProcessId!.Value;
        var child = int.Parse(await app.CallAsync("backend.child"), null);
        await backend.StopAsync().InTime();

        await Soon.UntilAsync(() => app.Log.Lines.Contains((LogLevel.Information, "backend: the input has ended")));
        await Soon.UntilAsync(() => app.Log.Lines.Contains((LogLevel.Information, "backend: so has the program")));
        await Alive.GoneAsync(child);
        await Soon.UntilAsync(() => Alive.InGroup(pid).Count == 0);
        Assert.Equal(BackendState.Stopped, backend.Status.State);
    }

    [Fact]
    public async Task One_that_does_not_read_its_input_is_ended_all_the_same()
    {
        var (app, backend) = await BackendApp.StartAsync(Python.OnStandardStreams("deaf") with { ShutdownTimeout = TimeSpan.FromSeconds(0.5) });
        await using var __ = app;
        var pid = backend.Status.ProcessId!.Value;
        _ = Task.Run(() => backend.EmitAsync("much", System.Text.Encoding.UTF8.GetBytes($"\"{new string('x', 1_000_000)}\"")).AsTask());
        await Soon.UntilAsync(() => backend.Metrics!.Snapshot().PeakQueueLength > 0);
        await backend.StopAsync().InTime();

        await Soon.UntilAsync(() => Alive.InGroup(pid).Count == 0);
    }

    [Fact]
    public async Task What_it_prints_just_before_it_dies_is_in_the_log()
    {
        var (app, backend) = await BackendApp.StartAsync(Python.OnStandardStreams() with { Restart = RestartPolicy.Never });
        await using var _ = app;
        var failed = BackendApp.ReachesAsync(backend, BackendState.Failed);
        await app.CallAsync("backend.write", """{"out":"last words\n"}""");
        await Assert.ThrowsAsync<IpcException>(() => app.CallAsync("backend.leave", "3"));
        await failed;

        Assert.Contains("exit code 3", backend.Status.LastError, StringComparison.Ordinal);
        Assert.Contains(app.Log.Lines, static line => line.Text == "backend: last words");
    }

    [Fact]
    public async Task One_that_prints_and_is_never_ready_is_named_with_the_time()
    {
        var time = new ManualTime();
        await using var app = await BackendApp.StartAsync();
        var connected = app.Page.NextAsync("test.connected");
        var backend = app.App.Backends.Add(new ProcessBackend(Python.OnStandardStreams("speechless") with { ReadyTimeout = TimeSpan.FromSeconds(2), ShutdownTimeout = TimeSpan.Zero, TimeProvider = time }));
        var starting = backend.StartAsync();
        await connected.InTime();
        time.Advance(TimeSpan.FromSeconds(2));
        var exception = await Assert.ThrowsAsync<BackendException>(() => starting.InTime());

        Assert.Contains("within 2 s", exception.Message, StringComparison.Ordinal);
        Assert.Contains("sent no \"ready\"", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Python_package_finds_the_way_and_keeps_prints_apart()
    {
        var (app, backend) = await BackendApp.StartAsync(Python.Package() with { Transport = BackendTransport.StandardStreams });
        await using var _ = app;
        var pid = backend.Status.ProcessId!.Value;
        var rendered = app.Page.NextAsync("test.rendered");
        await backend.EmitAsync("render", "0"u8.ToArray());

        Assert.Equal("0", await rendered.InTime());
        Assert.Equal("[1,2,3]", (await app.CallAsync("backend.frames", """{"start":1,"end":4}""")).Replace(" ", "", StringComparison.Ordinal));
        await Soon.UntilAsync(() => app.Log.Lines.Any(static line => line.Text == "backend: frames 1 4"));
        await app.App.Backends.RemoveAsync(backend).InTime();
        await Soon.UntilAsync(() => Alive.InGroup(pid).Count == 0);
    }

    [Fact]
    public void A_transport_that_does_not_exist_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ProcessBackend(Python.Options() with { Transport = (BackendTransport)7 }));
}
