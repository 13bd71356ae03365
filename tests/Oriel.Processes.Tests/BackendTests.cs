using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Oriel.Ipc;

namespace Oriel.Processes.Tests;

/// <summary>Back ends in Python, and what a page sees of them.</summary>
public sealed class BackendTests
{
    [Fact]
    public async Task What_a_back_end_announces_a_page_can_call()
    {
        var (app, backend) = await BackendApp.StartAsync(Python.Options());
        await using var _ = app;

        Assert.Equal("""{"a":[1,null,false,0,""]}""", Compact(await app.CallAsync("backend.echo", """{"a":[1,null,false,0,""]}""")));
        Assert.Contains("backend.echo", app.App.Commands.All.Select(static command => command.Name));
        Assert.Contains("echo", backend.Status.Commands);
        Assert.Equal(BackendState.Ready, backend.Status.State);
        Assert.Equal("local_socket", backend.Metrics?.ChannelType);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("0")]
    [InlineData("\"\"")]
    [InlineData("null")]
    public async Task A_value_that_is_nothing_much_arrives_as_it_is(string json)
    {
        var (app, _) = await BackendApp.StartAsync(Python.Options());
        await using var __ = app;

        Assert.Equal(json, await app.CallAsync("backend.echo", json));
    }

    [Fact]
    public async Task A_call_that_comes_while_the_back_end_starts_waits_for_it()
    {
        await using var app = await BackendApp.StartAsync();
        app.App.Backends.Add(Python.Backend());

        Assert.Equal("1", await app.CallAsync("backend.echo", "1"));
    }

    [Fact]
    public async Task A_command_that_was_not_announced_is_refused_at_once_and_the_others_are_named()
    {
        var (app, _) = await BackendApp.StartAsync(Python.Options());
        await using var __ = app;
        var exception = await Assert.ThrowsAsync<IpcException>(() => app.CallAsync("backend.nothing"));

        Assert.Equal(IpcErrorCode.MethodNotFound, exception.Code);
        Assert.Contains("\"nothing\"", exception.Message, StringComparison.Ordinal);
        Assert.Contains("echo", JsonDocument.Parse(exception.Error.Data).RootElement.GetProperty("available").EnumerateArray().Select(static name => name.GetString()));
    }

    [Fact]
    public async Task A_later_announcement_takes_the_place_of_the_first()
    {
        var (app, _) = await BackendApp.StartAsync(Python.Options());
        await using var __ = app;
        await app.CallAsync("backend.announce", """["pid"]""");

        var exception = await Assert.ThrowsAsync<IpcException>(() => app.CallAsync("backend.echo"));
        Assert.Equal(IpcErrorCode.MethodNotFound, exception.Code);
    }

    [Fact]
    public async Task A_back_end_that_does_not_run_says_so_at_once()
    {
        await using var app = await BackendApp.StartAsync();
        app.App.Backends.Add(new ProcessBackend(Python.Options() with { StartsItself = false }));

        var exception = await Assert.ThrowsAsync<IpcException>(() => app.CallAsync("backend.echo"));
        Assert.Equal(IpcErrorCode.Disconnected, exception.Code);
        Assert.Contains("does not run", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_arrives_word_for_word()
    {
        var (app, _) = await BackendApp.StartAsync(Python.Options());
        await using var __ = app;
        var exception = await Assert.ThrowsAsync<IpcException>(() => app.CallAsync("backend.fail"));

        Assert.Equal(1234, exception.Error.Code);
        Assert.Equal("no \"frame\" 7", exception.Message);
        Assert.Equal("""{"frame":7}""", Compact(Encoding.UTF8.GetString(exception.Error.Data.Span)));
    }

    [Fact]
    public async Task A_stream_reaches_the_page_in_order_and_whole()
    {
        var (app, _) = await BackendApp.StartAsync(Python.Options());
        await using var __ = app;
        var items = new List<string>();
        await foreach (var item in app.Page.StreamAsync("backend.count", """{"to":500}"""))
        {
            items.Add(item);
        }

        Assert.Equal(Enumerable.Range(0, 500).Select(static number => number.ToString(CultureInfo.InvariantCulture)), items);
    }

    [Fact]
    public async Task A_page_that_leaves_a_stream_ends_it_in_the_back_end()
    {
        var (app, backend) = await BackendApp.StartAsync(Python.Options());
        await using var __ = app;
        await foreach (var _ in app.Page.StreamAsync("backend.count", """{"to":1000000000}"""))
        {
            break;
        }

        // A thread of it would still be sending.
        await Soon.UntilAsync(() => ThreadsOf(backend) <= 2);
    }

    [Fact]
    public async Task A_call_that_the_page_cancels_is_cancelled_in_the_back_end()
    {
        var (app, _) = await BackendApp.StartAsync(Python.Options());
        await using var __ = app;
        using var cancellation = new CancellationTokenSource();
        var waiting = app.Page.NextAsync("test.waiting");
        var cancelled = app.Page.NextAsync("test.cancelled");
        var call = app.Page.InvokeAsync("backend.wait", cancellationToken: cancellation.Token);
        await waiting.InTime();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal("null", await cancelled.InTime());
    }

    [Fact]
    public async Task A_long_call_holds_up_no_other_and_does_not_look_like_a_death()
    {
        var (app, backend) = await BackendApp.StartAsync(Python.Options());
        await using var __ = app;
        var waiting = app.Page.NextAsync("test.waiting");
        var call = app.Page.InvokeAsync("backend.wait");
        await waiting.InTime();

        Assert.Equal("1", await app.CallAsync("backend.echo", "1"));
        Assert.False(call.IsCompleted);
        Assert.Equal(0, backend.Status.Restarts);
    }

    [Fact]
    public async Task An_event_of_the_back_end_reaches_every_page()
    {
        var (app, _) = await BackendApp.StartAsync(Python.Options());
        await using var __ = app;
        var other = await app.OpenPageAsync();
        var first = app.Page.NextAsync("render.progress");
        var second = other.NextAsync("render.progress");
        await app.CallAsync("backend.emit", """{"event":"render.progress","data":{"done":0}}""");

        Assert.Equal("""{"done":0}""", Compact(await first.InTime()));
        Assert.Equal("""{"done":0}""", Compact(await second.InTime()));
    }

    [Fact]
    public async Task Events_and_lines_that_come_fast_all_arrive_in_their_order()
    {
        const int Count = 3_000;

        var (app, _) = await BackendApp.StartAsync(Python.Options());
        await using var __ = app;
        var events = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var listening = app.Page.On("test.burst", events.Enqueue);
        await app.CallAsync("backend.burst", Count.ToString(CultureInfo.InvariantCulture));
        await Soon.UntilAsync(() => events.Count == Count);
        await Soon.UntilAsync(() => app.Log.Lines.Count(static line => line.Text.StartsWith("backend: line ", StringComparison.Ordinal)) == Count);

        var numbers = Enumerable.Range(0, Count).Select(static number => number.ToString(CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(numbers, events);
        Assert.Equal(numbers, app.Log.Lines.Where(static line => line.Text.StartsWith("backend: line ", StringComparison.Ordinal)).Select(static line => line.Text["backend: line ".Length..]));
    }

    [Theory]
    [InlineData("load")]
    [InlineData("oriel:ready")]
    [InlineData("backend:state")]
    public async Task An_event_whose_name_is_taken_is_left_out_and_logged(string name)
    {
        var (app, _) = await BackendApp.StartAsync(Python.Options());
        await using var __ = app;
        await app.CallAsync("backend.emit", $$"""{"event":"{{name}}"}""");

        await Soon.UntilAsync(() => app.Log.Lines.Any(line => line.Level == LogLevel.Warning && line.Text.Contains($"\"{name}\"", StringComparison.Ordinal)));
        Assert.Equal("1", await app.CallAsync("backend.echo", "1"));
    }

    [Fact]
    public async Task An_event_before_ready_is_an_event_and_nothing_else()
    {
        await using var app = await BackendApp.StartAsync();
        var seen = app.Page.NextAsync("before-ready");
        var backend = app.App.Backends.Add(Python.Backend("early"));
        await backend.StartAsync().InTime();

        Assert.Equal("1", await seen.InTime());
        Assert.Contains("echo", backend.Status.Commands);
    }

    [Fact]
    public async Task Events_reach_the_back_end_from_the_application_and_from_pages_as_far_as_it_asked_for_them()
    {
        var (app, backend) = await BackendApp.StartAsync(Python.Options() with { ForwardedEvents = ["wanted"] });
        await using var __ = app;
        await backend.EmitAsync("direct", "[1]"u8.ToArray());
        await app.Page.EmitAsync("unwanted", "2");
        await app.Page.EmitAsync("wanted", """{"a":0}""");

        Assert.Equal("[1]", await app.CallAsync("backend.received", "\"direct\""));
        Assert.Equal("""{"a":0}""", Compact(await app.CallAsync("backend.received", "\"wanted\"")));
    }

    [Fact]
    public async Task What_it_prints_is_only_print_and_lands_in_the_log()
    {
        var (app, _) = await BackendApp.StartAsync(Python.Options());
        await using var __ = app;
        const string Message = """{\"type\":\"response\",\"id\":\"1\",\"data\":\"forged\"}""";
        await app.CallAsync("backend.write", $$"""{"out":"{{Message}}\nhello\n","err":"slow\nERROR: fatal error: crash\nTraceback (most recent call last):\n"}""");

        await Soon.UntilAsync(() => app.Log.Lines.Contains((LogLevel.Information, "backend: hello")));
        await Soon.UntilAsync(() => app.Log.Lines.Contains((LogLevel.Error, "backend: Traceback (most recent call last):")));
        Assert.Contains((LogLevel.Information, """backend: {"type":"response","id":"1","data":"forged"}"""), app.Log.Lines);
        Assert.Contains((LogLevel.Warning, "backend: slow"), app.Log.Lines);
        Assert.Contains((LogLevel.Error, "backend: ERROR: fatal error: crash"), app.Log.Lines);

        // The words are for people: nothing follows from them.
        Assert.Equal("1", await app.CallAsync("backend.echo", "1"));
    }

    [Fact]
    public async Task A_kill_fails_the_calls_under_way_at_once_and_brings_a_new_process()
    {
        var (app, backend) = await BackendApp.StartAsync(Python.Options());
        await using var __ = app;
        var waiting = app.Page.NextAsync("test.waiting");
        var states = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var listening = app.Page.On("backend:state", states.Enqueue);
        var call = app.Page.InvokeAsync("backend.wait");
        await waiting.InTime();
        var first = backend.Status.ProcessId!.Value;
        var restarting = BackendApp.ReachesAsync(backend, BackendState.Restarting);
        Native.LibC.kill(first, Native.LibC.SIGKILL);

        var exception = await Assert.ThrowsAsync<IpcException>(() => call.InTime());
        Assert.Equal(IpcErrorCode.Disconnected, exception.Code);
        await restarting;
        await backend.StartAsync().InTime();

        Assert.Equal("1", await app.CallAsync("backend.echo", "1"));
        Assert.NotEqual(first, backend.Status.ProcessId);
        Assert.Equal(1, backend.Status.Restarts);
        Assert.Contains("SIGKILL", backend.Status.LastError, StringComparison.Ordinal);

        // That it was ready the first time may still have been on its way when the page began to listen.
        const string Ready = """{"name":"backend","state":"ready"}""";
        await Soon.UntilAsync(() => states.SkipWhile(static state => state == Ready).Contains(Ready));
        Assert.Equal(["""{"name":"backend","state":"restarting"}""", Ready], states.SkipWhile(static state => state == Ready));
    }

    [Fact]
    public async Task A_page_that_comes_late_can_ask_for_the_states()
    {
        var (app, _) = await BackendApp.StartAsync(Python.Options());
        await using var __ = app;

        Assert.Equal("""[{"name":"backend","state":"ready"}]""", await app.CallAsync("oriel.backends"));
    }

    [Fact]
    public async Task One_that_dies_again_and_again_has_failed_and_its_last_words_say_why()
    {
        await using var app = await BackendApp.StartAsync();
        var backend = app.App.Backends.Add(new ProcessBackend(Python.Options("crash") with { Restart = new RestartPolicy { Limit = 2, InitialDelay = TimeSpan.FromMilliseconds(1) } }));
        var exception = await Assert.ThrowsAsync<BackendException>(() => backend.StartAsync().InTime());

        Assert.Equal(BackendState.Failed, backend.Status.State);
        Assert.Equal(2, backend.Status.Restarts);
        Assert.Contains("exit code 3", exception.Message, StringComparison.Ordinal);
        Assert.Contains("ERROR: the scene cannot be read", exception.Message, StringComparison.Ordinal);
        Assert.Equal(exception.Message, backend.Status.LastError);

        // The page learns that it failed, not what it wrote.
        var refusal = await Assert.ThrowsAsync<IpcException>(() => app.CallAsync("backend.echo"));
        Assert.DoesNotContain("scene", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_may_not_be_restarted_has_failed_when_it_dies()
    {
        var (app, backend) = await BackendApp.StartAsync(Python.Options() with { Restart = RestartPolicy.Never });
        await using var __ = app;
        var failed = BackendApp.ReachesAsync(backend, BackendState.Failed);
        backend.Kill();
        await failed;

        await backend.StartAsync().InTime();
        Assert.Equal("1", await app.CallAsync("backend.echo", "1"));
    }

    [Theory]
    [InlineData("silent", "did not connect")]
    [InlineData("speechless", "sent no \"ready\"")]
    public async Task One_that_is_never_ready_is_named_with_its_command_line_and_the_time(string mode, string found)
    {
        var time = new ManualTime();
        await using var app = await BackendApp.StartAsync();
        var connected = app.Page.NextAsync("test.connected");
        var backend = app.App.Backends.Add(new ProcessBackend(Python.Options(mode) with { ReadyTimeout = TimeSpan.FromSeconds(2), ShutdownTimeout = TimeSpan.Zero, TimeProvider = time }));
        var starting = backend.StartAsync();
        if (mode == "silent")
        {
            await Soon.UntilAsync(() => backend.Status.ProcessId is not null);
        }
        else
        {
            await connected.InTime();
        }

        time.Advance(TimeSpan.FromSeconds(2));
        var exception = await Assert.ThrowsAsync<BackendException>(() => starting.InTime());

        Assert.Contains("within 2 s", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"backend.py {mode}", exception.Message, StringComparison.Ordinal);
        Assert.Contains(found, exception.Message, StringComparison.Ordinal);
        Assert.Equal(BackendState.Failed, backend.Status.State);
    }

    [Fact]
    public async Task A_program_that_does_not_exist_fails_without_another_try()
    {
        await using var app = await BackendApp.StartAsync();
        var backend = app.App.Backends.Add(new ProcessBackend("no-such-program"));
        await Assert.ThrowsAsync<BackendException>(() => backend.StartAsync().InTime());

        Assert.Equal(0, backend.Status.Restarts);
    }

    [Fact]
    public async Task One_that_ends_by_itself_and_well_is_not_started_again()
    {
        var (app, backend) = await BackendApp.StartAsync(Python.Options());
        await using var __ = app;
        var stopped = BackendApp.ReachesAsync(backend, BackendState.Stopped);
        await Assert.ThrowsAsync<IpcException>(() => app.CallAsync("backend.leave", "0"));
        await stopped;

        Assert.Null(backend.Status.LastError);
        Assert.Equal(0, backend.Status.Restarts);
    }

    [Fact]
    public async Task One_that_ends_well_because_its_channel_was_closed_has_died()
    {
        var (app, backend) = await BackendApp.StartAsync(Python.Options() with { Restart = RestartPolicy.Never });
        await using var __ = app;
        var failed = BackendApp.ReachesAsync(backend, BackendState.Failed);
        await Assert.ThrowsAsync<IpcException>(() => app.CallAsync("backend.rubbish"));
        await failed;

        Assert.Contains("exit code 0", backend.Status.LastError, StringComparison.Ordinal);
        Assert.Contains("JSON", backend.Status.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_can_ask_on_another_thread_while_it_is_told_of_a_stop()
    {
        var (app, backend) = await BackendApp.StartAsync(Python.Options() with { Restart = new RestartPolicy { InitialDelay = TimeSpan.FromHours(1), MaxDelay = TimeSpan.FromHours(1) } });
        await using var __ = app;
        var restarting = BackendApp.ReachesAsync(backend, BackendState.Restarting);
        backend.Kill();
        await restarting;
        var isAnswered = false;
        backend.StateChanged += (_, _) => isAnswered = Task.Run(() => backend.Status).Wait(Soon.Limit / 2);
        await backend.StopAsync().InTime();

        Assert.True(isAnswered);
    }

    [Fact]
    public async Task A_start_is_told_after_the_end_before_it()
    {
        var (app, backend) = await BackendApp.StartAsync(Python.Options());
        await using var __ = app;
        var states = new System.Collections.Concurrent.ConcurrentQueue<BackendState>();
        using var isStarting = new ManualResetEventSlim();
        var hasOvertaken = false;
        Task? next = null;
        backend.StateChanged += (_, change) =>
        {
            if (change.Status.State == BackendState.Starting)
            {
                isStarting.Set();
            }
            else if (next is null && change.Status.State == BackendState.Stopped)
            {
                next = backend.StartAsync();

                // Nothing says that something does not happen.
                hasOvertaken = isStarting.Wait(TimeSpan.FromSeconds(0.3));
            }

            states.Enqueue(change.Status.State);
        };
        await backend.StopAsync().InTime();
        await next!.InTime();

        // That it was ready the first time may still have been on its way when the test began to listen.
        await Soon.UntilAsync(() => states.SkipWhile(static state => state == BackendState.Ready).Contains(BackendState.Ready));

        Assert.False(hasOvertaken);
        Assert.Equal([BackendState.Stopped, BackendState.Starting, BackendState.Ready], states.SkipWhile(static state => state == BackendState.Ready));
    }

    [Fact]
    public async Task A_call_that_waits_for_a_start_that_fails_waits_for_no_other()
    {
        await using var app = await BackendApp.StartAsync();
        app.App.Backends.Add(new ProcessBackend(Python.Options("crash") with { Restart = new RestartPolicy { InitialDelay = TimeSpan.FromHours(1), MaxDelay = TimeSpan.FromHours(1) } }));
        var exception = await Assert.ThrowsAsync<IpcException>(() => app.CallAsync("backend.echo"));

        Assert.Equal(IpcErrorCode.Disconnected, exception.Code);
        Assert.Contains("is being started again", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_does_not_read_holds_up_no_other_event_of_the_page()
    {
        var (app, backend) = await BackendApp.StartAsync(Python.Options() with { ForwardedEvents = ["wanted"], ShutdownTimeout = TimeSpan.FromSeconds(0.2) });
        await using var __ = app;
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listening = app.App.Events.On("other", (_, _) =>
        {
            arrived.TrySetResult();
            return ValueTask.CompletedTask;
        });
        const int Stop = 19; // SIGSTOP of Linux
        Native.LibC.kill(backend.Status.ProcessId!.Value, Stop);
        var large = $"\"{new string('x', 500_000)}\"";
        for (var i = 0; i < 200; i++)
        {
            await app.Page.EmitAsync("wanted", large).InTime();
        }

        await app.Page.EmitAsync("other").InTime();
        await arrived.Task.InTime();
        Assert.InRange(app.Log.Lines.Count(static line => line.Text.Contains("\"wanted\" of a page was dropped", StringComparison.Ordinal)), 1, 16);
        Assert.DoesNotContain(app.Log.Lines, static line => line.Level == LogLevel.Error);
    }

    [Fact]
    public async Task What_a_back_end_names_cannot_forge_or_fill_the_log()
    {
        const int Names = 40;

        var (app, _) = await BackendApp.StartAsync(Python.Options());
        await using var __ = app;
        for (var i = 0; i < Names; i++)
        {
            await app.CallAsync("backend.host", $$"""{"method":"backend.\n\u001b[2K{{i}}"}""");
            await app.CallAsync("backend.emit", $$"""{"event":"process:\n\u001b[2K{{i}}"}""");
        }

        var seen = app.Page.NextAsync("last");
        await app.CallAsync("backend.emit", """{"event":"last"}""");
        await seen.InTime();
        var lines = app.Log.Lines.Where(static line => line.Text.Contains("[2K", StringComparison.Ordinal)).Select(static line => line.Text).ToArray();

        Assert.Equal(2 * 16, lines.Length);
        Assert.DoesNotContain(lines, static line => line.Any(char.IsControl));
    }

    [Fact]
    public async Task What_Python_is_told_by_itself_can_be_changed()
    {
        var (app, _) = await BackendApp.StartAsync(Python.Options() with
        {
            Environment = new Dictionary<string, string?> { ["PYTHONUNBUFFERED"] = null, ["PYTHONIOENCODING"] = "latin-1" },
        });
        await using var __ = app;

        Assert.Equal("null", await app.CallAsync("backend.environment", "\"PYTHONUNBUFFERED\""));
        Assert.Equal("\"latin-1\"", await app.CallAsync("backend.environment", "\"PYTHONIOENCODING\""));
    }

    [Fact]
    public async Task Somebody_else_who_connects_first_is_refused_and_the_wait_goes_on()
    {
        await using var app = await BackendApp.StartAsync();
        var address = Path.Combine(Path.GetTempPath(), $"oriel-test-{Guid.NewGuid():N}");
        var script = $"open('{address}.part','w').write(__import__('os').environ['ORIEL_IPC_CHANNEL']); import os; os.rename('{address}.part','{address}'); exec('while not os.path.exists(\\'{address}.go\\'): __import__(\\'time\\').sleep(0.01)'); import sys; sys.argv=['backend.py']; exec(open('{Python.Script}').read())";
        var backend = app.App.Backends.Add(new ProcessBackend(Python.Options() with { Arguments = ["-c", script] }));
        try
        {
            var ready = backend.StartAsync();
            await Soon.UntilAsync(() => File.Exists(address));

            // This process started the back end; it is none of its children.
            using var stranger = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await stranger.ConnectAsync(new UnixDomainSocketEndPoint(await File.ReadAllTextAsync(address)));
            Assert.Equal(0, await EndOfAsync(stranger).InTime());

            await File.WriteAllTextAsync(address + ".go", "");
            await ready.InTime();
            Assert.Contains("pid", backend.Status.Commands);
            Assert.Contains(app.Log.Lines, static line => line.Text.Contains("was refused", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(address);
            File.Delete(address + ".go");
        }
    }

    [Fact]
    public async Task Bytes_reach_the_page_as_they_are()
    {
        var (app, _) = await BackendApp.StartAsync(Python.Options("bytes"));
        await using var __ = app;
        var answer = await app.CallAsync("backend.bytes");

        Assert.Equal([0, 255, 10], await app.Page.ReadBodyAsync(answer).InTime());
        Assert.Equal("1", await app.CallAsync("backend.echo", "1"));
    }

    [Fact]
    public async Task Bytes_reach_the_application()
    {
        var (app, backend) = await BackendApp.StartAsync(Python.Options("bytes"));
        await using var __ = app;
        var answer = await backend.RequestAsync("bytes", default).InTime();

        Assert.True(answer.IsBinary);
        Assert.Equal([0, 0xFF, (byte)'\n'], answer.Memory.ToArray());
    }

    [Fact]
    public async Task Nobody_can_connect_any_more_when_the_back_end_has()
    {
        var (app, _) = await BackendApp.StartAsync(Python.Options());
        await using var __ = app;
        var address = (await app.CallAsync("backend.environment", "\"ORIEL_IPC_CHANNEL\"")).Trim('"');

        Assert.True(Path.IsPathFullyQualified(address));
        Assert.False(Path.Exists(address));
    }

    [Fact]
    public async Task A_client_that_knows_the_RFC_alone_finds_the_way()
    {
        var (app, _) = await BackendApp.StartAsync(Python.Options("rfc"));
        await using var __ = app;
        var name = (await app.CallAsync("backend.environment", "\"AURORAVIEW_IPC_CHANNEL\"")).Trim('"');

        Assert.False(new FileInfo($"/tmp/auroraview_{name}").Exists);
        Assert.Null(new FileInfo($"/tmp/auroraview_{name}").LinkTarget);
    }

    [Fact]
    public async Task It_is_told_where_to_connect_by_both_names_and_not_how_this_process_was()
    {
        var (app, _) = await BackendApp.StartAsync(Python.Options() with
        {
            Environment = new Dictionary<string, string?> { ["ORIEL_IPC_MODE"] = "legacy", ["SCENE"] = "a b", ["HOME"] = null },
        });
        await using var __ = app;

        Assert.NotEqual("null", await app.CallAsync("backend.environment", "\"AURORAVIEW_IPC_CHANNEL\""));
        Assert.Equal("null", await app.CallAsync("backend.environment", "\"ORIEL_IPC_MODE\""));
        Assert.Equal("\"1\"", await app.CallAsync("backend.environment", "\"PYTHONUNBUFFERED\""));
        Assert.Equal("\"utf-8\"", await app.CallAsync("backend.environment", "\"PYTHONIOENCODING\""));
        Assert.Equal("\"a b\"", await app.CallAsync("backend.environment", "\"SCENE\""));
        Assert.Equal("null", await app.CallAsync("backend.environment", "\"HOME\""));
    }

    [Fact]
    public async Task Stopping_ends_what_it_started_too()
    {
        var (app, backend) = await BackendApp.StartAsync(Python.Options());
        await using var __ = app;
        var child = int.Parse(await app.CallAsync("backend.child"), CultureInfo.InvariantCulture);
        var pid = backend.Status.ProcessId!.Value;
        Assert.True(Alive.Is(child));
        await backend.StopAsync().InTime();

        Assert.False(Alive.Is(pid));
        await Alive.GoneAsync(child);
        await Soon.UntilAsync(() => Alive.InGroup(pid).Count == 0);
        Assert.Equal(BackendState.Stopped, backend.Status.State);
    }

    [Fact]
    public async Task One_that_takes_no_hint_is_killed()
    {
        var (app, backend) = await BackendApp.StartAsync(Python.Options("stubborn") with { ShutdownTimeout = TimeSpan.FromSeconds(0.3) });
        await using var __ = app;
        var pid = backend.Status.ProcessId!.Value;
        await backend.StopAsync().InTime();

        Assert.False(Alive.Is(pid));
    }

    [Fact]
    public async Task It_can_be_stopped_before_it_is_ready()
    {
        await using var app = await BackendApp.StartAsync();
        var backend = app.App.Backends.Add(Python.Backend("silent"));
        var ready = backend.StartAsync();
        await Soon.UntilAsync(() => backend.Status.ProcessId is not null);
        var pid = backend.Status.ProcessId!.Value;
        await backend.StopAsync().InTime();

        await Assert.ThrowsAsync<BackendException>(() => ready);
        await Soon.UntilAsync(() => Alive.InGroup(pid).Count == 0);
    }

    [Fact]
    public async Task Starts_and_stops_from_everywhere_leave_one_process_or_none()
    {
        var (app, backend) = await BackendApp.StartAsync(Python.Options());
        await using var __ = app;
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(async () =>
        {
            try
            {
                await (i % 2 == 0 ? backend.RestartAsync() : backend.StopAsync());
            }
            catch (BackendException)
            {
                // Another one stopped it.
            }
        }))).InTime();
        await backend.StartAsync().InTime();

        Assert.Equal(backend.Status.ProcessId?.ToString(CultureInfo.InvariantCulture), await app.CallAsync("backend.pid"));
    }

    [Fact]
    public async Task Two_back_ends_live_side_by_side()
    {
        var (app, first) = await BackendApp.StartAsync(Python.Options(name: "one"));
        await using var __ = app;
        var second = app.App.Backends.Add(Python.Backend(name: "two"));
        await second.StartAsync().InTime();
        var restarting = BackendApp.ReachesAsync(first, BackendState.Restarting);
        first.Kill();
        await restarting;

        Assert.Equal(second.Status.ProcessId?.ToString(CultureInfo.InvariantCulture), await app.CallAsync("two.pid"));
        Assert.Throws<ArgumentException>(() => app.App.Backends.Add(Python.Backend(name: "two")));
    }

    [Fact]
    public async Task One_that_is_removed_takes_its_commands_along()
    {
        var (app, backend) = await BackendApp.StartAsync(Python.Options());
        await using var __ = app;
        Assert.True(await app.App.Backends.RemoveAsync(backend));
        Assert.False(await app.App.Backends.RemoveAsync(backend));

        var exception = await Assert.ThrowsAsync<IpcException>(() => app.CallAsync("backend.echo"));
        Assert.Equal(IpcErrorCode.MethodNotFound, exception.Code);
        Assert.DoesNotContain(app.App.Commands.All, static command => command.Name.StartsWith("backend.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_end_of_the_application_is_the_end_of_all_of_them()
    {
        var (app, first) = await BackendApp.StartAsync(Python.Options(name: "one"));
        var second = app.App.Backends.Add(new ProcessBackend(Python.Options("stubborn", "two") with { ShutdownTimeout = TimeSpan.FromSeconds(0.3) }));
        await second.StartAsync().InTime();
        int[] processes = [first.Status.ProcessId!.Value, second.Status.ProcessId!.Value];
        await app.DisposeAsync();

        Assert.DoesNotContain(processes, Alive.Is);
    }

    [Fact]
    public async Task The_window_commands_are_methods_of_the_back_ends_peer()
    {
        var (app, _) = await BackendApp.StartAsync(Python.Options());
        await using var __ = app;
        var answer = await app.CallAsync("backend.host", """{"method":"oriel.window.setTitle","data":{"title":"From Python"}}""");

        Assert.Equal("""{"data":null,"error":null}""", Compact(answer));
        await Soon.UntilAsync(() => app.App.Windows[0].Title == "From Python");
    }

    [Fact]
    public async Task A_back_end_can_name_the_window_that_it_drives()
    {
        var (app, _) = await BackendApp.StartAsync(Python.Options());
        await using var __ = app;
        await app.OpenPageAsync();
        await app.CallAsync("backend.host", """{"method":"oriel.window.setTitle","data":{"title":"Second","window":2}}""");
        var refused = await app.CallAsync("backend.host", """{"method":"oriel.window.setTitle","data":{"title":"None","window":3}}""");

        await Soon.UntilAsync(() => app.App.Windows[1].Title == "Second");
        Assert.NotEqual("Second", app.App.Windows[0].Title);
        Assert.Contains("There is no window 3", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_back_end_calls_nothing_else_of_the_application_unless_it_is_granted_by_name()
    {
        await using var app = await BackendApp.StartAsync(static app =>
        {
            app.Commands.MapRaw("secret", Answer);
            app.Commands.MapRaw("open", Answer);
        });
        var backend = app.App.Backends.Add(new ProcessBackend(Python.Options() with { AllowedCommands = ["open"] }));
        await backend.StartAsync().InTime();

        Assert.Contains("-32003", await app.CallAsync("backend.host", """{"method":"secret"}"""), StringComparison.Ordinal);
        Assert.Contains("-32003", await app.CallAsync("backend.host", """{"method":"oriel.window.close"}"""), StringComparison.Ordinal);
        Assert.Contains("-32003", await app.CallAsync("backend.host", """{"method":"backend.echo"}"""), StringComparison.Ordinal);
        Assert.Contains("-32601", await app.CallAsync("backend.host", """{"method":"nothing"}"""), StringComparison.Ordinal);
        Assert.Equal("""{"data":42,"error":null}""", Compact(await app.CallAsync("backend.host", """{"method":"open"}""")));

        static ValueTask Answer(CommandContext context)
        {
            context.WriteResult(42, JsonContext.Default.Int32);
            return ValueTask.CompletedTask;
        }
    }

    [Theory]
    [InlineData("killed")]
    [InlineData("killed-streams")]
    public async Task The_death_of_the_application_is_the_end_of_everything_it_started(string scenario)
    {
        using var parent = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["--parent", scenario]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            var told = (await parent.StandardOutput.ReadLineAsync().InTime())!.Split(' ');
            var backend = int.Parse(told[0], CultureInfo.InvariantCulture);
            var grandchild = int.Parse(told[1], CultureInfo.InvariantCulture);
            Assert.True(Alive.Is(backend) && Alive.Is(grandchild));
            parent.Kill();

            await Alive.GoneAsync(backend);
            await Alive.GoneAsync(grandchild);
            await Soon.UntilAsync(() => Alive.InGroup(backend).Count == 0);
            Assert.False(Path.Exists(told[2]));
        }
        finally
        {
            if (!parent.HasExited)
            {
                parent.Kill();
            }
        }
    }

    [Theory]
    [InlineData("cycles")]
    [InlineData("cycles-streams")]
    public async Task Lives_leave_no_file_open(string scenario)
    {
        using var parent = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["--parent", scenario]) { RedirectStandardOutput = true })!;
        try
        {
            var counts = (await parent.StandardOutput.ReadToEndAsync().WaitAsync(3 * Soon.Limit)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(2, counts.Length);

            // The runtime opens some of its own meanwhile; a life that leaves one would leave eight.
            Assert.InRange(int.Parse(counts[1], CultureInfo.InvariantCulture) - int.Parse(counts[0], CultureInfo.InvariantCulture), -20, 5);
        }
        finally
        {
            if (!parent.HasExited)
            {
                parent.Kill();
            }
        }
    }

    [Fact]
    public async Task One_that_stands_still_is_taken_for_dead_when_that_is_asked_for()
    {
        var interval = TimeSpan.FromSeconds(5);
        var time = new ManualTime();
        var (app, backend) = await BackendApp.StartAsync(Python.Options() with
        {
            HeartbeatInterval = interval,
            HeartbeatTimeout = 3 * interval,
            ShutdownTimeout = TimeSpan.Zero,
            Restart = new RestartPolicy { InitialDelay = TimeSpan.Zero },
            TimeProvider = time,
        });
        await using var __ = app;
        var first = backend.Status.ProcessId!.Value;

        // It must have answered once to be held to it; what it answers after that shows that this was handled.
        time.Advance(interval);
        time.Advance(interval);
        await Soon.UntilAsync(() => backend.Metrics!.Snapshot().MessagesReceived > 1);
        Assert.Equal("1", await app.CallAsync("backend.echo", "1"));
        var restarting = BackendApp.ReachesAsync(backend, BackendState.Restarting);
        const int Stop = 19; // SIGSTOP of Linux
        Native.LibC.kill(first, Stop);
        for (var i = 0; i < 5; i++)
        {
            time.Advance(interval);
        }

        await restarting;

        Assert.False(Alive.Is(first));
        Assert.Contains("has not answered", backend.Status.LastError, StringComparison.Ordinal);
        await backend.StartAsync().InTime();
        Assert.Equal("1", await app.CallAsync("backend.echo", "1"));
    }

    [Fact]
    public async Task It_can_be_stopped_between_two_lives()
    {
        var (app, backend) = await BackendApp.StartAsync(Python.Options() with { Restart = new RestartPolicy { InitialDelay = TimeSpan.FromHours(1), MaxDelay = TimeSpan.FromHours(1) } });
        await using var __ = app;
        var restarting = BackendApp.ReachesAsync(backend, BackendState.Restarting);
        backend.Kill();
        await restarting;
        var exception = await Assert.ThrowsAsync<IpcException>(() => app.CallAsync("backend.echo"));
        Assert.Contains("is being started again", exception.Message, StringComparison.Ordinal);
        await backend.StopAsync().InTime();

        Assert.Equal(BackendState.Stopped, backend.Status.State);
    }

    [Fact]
    public async Task A_listener_that_throws_does_not_end_what_it_listens_to()
    {
        await using var app = await BackendApp.StartAsync();
        var backend = app.App.Backends.Add(new ProcessBackend(Python.Options() with { StartsItself = false }));
        backend.StateChanged += static (_, _) => throw new InvalidOperationException("The listener is broken.");
        await backend.StartAsync().InTime();

        Assert.Equal("1", await app.CallAsync("backend.echo", "1"));
    }

    [Fact]
    public async Task A_back_end_belongs_to_one_application()
    {
        var (app, backend) = await BackendApp.StartAsync(Python.Options());
        await using var _ = app;
        await using var other = await BackendApp.StartAsync();

        Assert.Throws<ArgumentException>(() => other.App.Backends.Add(backend));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Python.Backend().StartAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a|b")]
    [InlineData("../a")]
    [InlineData("oriel")]
    [InlineData("a234567890123456789012345")]
    public void A_name_that_would_not_fit_into_a_commands_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => new ProcessBackend(new ProcessBackendOptions { Program = "true", Name = name }));

    [Fact]
    public void The_window_commands_are_those_that_there_are()
    {
        using var app = new OrielAppBuilder(static () => throw new NotSupportedException()).Build();

        Assert.Equal(
            app.Commands.All.Select(static command => command.Name).Where(static name => name.StartsWith("oriel.window.", StringComparison.Ordinal)),
            ProcessBackendOptions.WindowCommands.Order(StringComparer.Ordinal));
    }

    private static int ThreadsOf(ProcessBackend backend) => Directory.GetDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{backend.Status.ProcessId}/task")).Length;

    private static async Task<int> EndOfAsync(Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1]);
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    private static string Compact(string json) => JsonSerializer.Serialize(JsonDocument.Parse(json).RootElement, JsonContext.Default.JsonElement);
}
