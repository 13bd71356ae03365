using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Oriel.Ipc;

namespace Oriel.Processes.Tests;

/// <summary>A back end written with the Python package, as an application has it.</summary>
public sealed class PythonPackageTests
{
    [Fact]
    public async Task A_function_of_it_is_a_command_and_its_print_a_line_of_the_log()
    {
        await using var app = await StartAsync();

        Assert.Equal("[1,2,3]", (await app.CallAsync("backend.frames", """{"start":1,"end":4}""")).Replace(" ", "", StringComparison.Ordinal));
        await Soon.UntilAsync(() => app.Log.Lines.Contains((LogLevel.Information, "backend: frames 1 4")));
    }

    [Fact]
    public async Task Events_cross_both_ways()
    {
        await using var app = await StartAsync();
        var rendered = app.Page.NextAsync("test.rendered");
        await app.App.Backends.Find("backend")!.EmitAsync("render", "0"u8.ToArray());

        Assert.Equal("0", await rendered.InTime());
    }

    [Fact]
    public async Task It_drives_its_window_and_nothing_else()
    {
        await using var app = await StartAsync();
        app.App.Commands.MapRaw("secret", static _ => ValueTask.CompletedTask);
        await app.CallAsync("backend.title", """{"text":"From Python"}""");
        var exception = await Assert.ThrowsAsync<IpcException>(() => app.CallAsync("backend.forbidden"));

        await Soon.UntilAsync(() => app.App.Windows[0].Title == "From Python");
        Assert.Equal(IpcErrorCode.Denied, exception.Code);
    }

    [Fact]
    public async Task Large_bytes_cross_both_ways_in_shared_memory_where_there_is_any()
    {
        await using var app = await StartAsync();
        var backend = app.App.Backends.Find("backend")!;
        var bytes = new byte[3_000_000];
        Random.Shared.NextBytes(bytes);

        // More than the ring holds, so that room is given back on both sides.
        for (var round = 0; round < 10; round++)
        {
            var answer = await backend.RequestAsync("reverse", new IpcPayload(bytes, IsBinary: true)).InTime();
            Array.Reverse(bytes);
            Assert.True(answer.Memory.Span.SequenceEqual(bytes));
        }

        Assert.Equal(OperatingSystem.IsLinux() ? "true" : "false", await app.CallAsync("backend.shared"));
    }

    [Fact]
    public async Task Bytes_of_the_page_reach_a_function_as_bytes_and_its_bytes_the_page()
    {
        await using var app = await StartAsync();
        var bytes = new byte[3_000_000];
        Random.Shared.NextBytes(bytes);

        var answer = await app.CallAsync("backend.reverse", app.Page.AddBody(bytes));

        Array.Reverse(bytes);
        Assert.Contains("\"kind\":\"bytes\",\"length\":3000000", answer, StringComparison.Ordinal);
        Assert.Equal(bytes, await app.Page.ReadBodyAsync(answer).InTime());
    }

    [Fact]
    public async Task A_generator_of_bytes_is_a_stream_of_bytes_in_the_page()
    {
        await using var app = await StartAsync();
        var sums = new List<(int Length, byte First)>();

        await foreach (var item in app.Page.StreamAsync("backend.chunks", """{"count":100}""", credit: 8))
        {
            var bytes = await app.Page.ReadBodyAsync(item).InTime();
            sums.Add((bytes.Length, bytes[0]));
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(static i => (100_000, (byte)i)), sums);
    }

    [Fact]
    public async Task A_generator_of_bytes_that_is_called_for_one_answer_is_a_readable_stream_in_the_page()
    {
        await using var app = await StartAsync();

        var answer = await app.CallAsync("backend.chunks", """{"count":100}""");

        Assert.Contains("\"kind\":\"stream\",\"length\":null", answer, StringComparison.Ordinal);
        var expected = Enumerable.Range(0, 100).SelectMany(static i => Enumerable.Repeat((byte)i, 100_000));
        Assert.Equal(expected, await app.Page.ReadBodyAsync(answer).InTime());
    }

    [Fact]
    public async Task A_page_that_does_not_read_the_stream_holds_the_generator_and_one_that_cancels_ends_it()
    {
        await using var app = await StartAsync();
        var left = app.Page.NextAsync("test.left");
        await using (var body = await app.Page.OpenBodyAsync(await app.CallAsync("backend.endless")).InTime())
        {
            var buffer = new byte[1_000_000];
            for (byte i = 1; i <= 10; i++)
            {
                await body.ReadExactlyAsync(buffer).AsTask().InTime();
                Assert.Equal(Enumerable.Repeat(i, buffer.Length), buffer);
            }

            // What was read, the credit ahead of it, and one that may be under way.
            Assert.InRange(int.Parse(await app.CallAsync("backend.how_many"), CultureInfo.InvariantCulture), 10, 14);
        }

        await left.InTime();
    }

    [Fact]
    public async Task The_end_of_the_document_ends_the_generator()
    {
        await using var app = await StartAsync();
        await app.CallAsync("backend.endless");
        var other = await app.OpenPageAsync();
        var left = other.NextAsync("test.left");

        app.App.Windows[0].Close();

        await left.InTime();
    }

    [Fact]
    public async Task What_the_generator_raises_is_the_error_of_the_stream()
    {
        await using var app = await StartAsync();
        var answer = await app.CallAsync("backend.failing");

        var error = await Assert.ThrowsAsync<IpcException>(() => app.Page.ReadBodyAsync(answer).InTime());

        Assert.Equal((IpcErrorCode.InternalError, "no more"), (error.Code, error.Message));
    }

    [Fact]
    public async Task A_generator_that_yields_nothing_is_an_empty_stream()
    {
        await using var app = await StartAsync();

        Assert.Empty(await app.Page.ReadBodyAsync(await app.CallAsync("backend.nothing")).InTime());
    }

    [Fact]
    public async Task A_generator_of_values_that_is_called_for_one_answer_is_refused_and_left()
    {
        await using var app = await StartAsync();
        var left = app.Page.NextAsync("test.left");

        var error = await Assert.ThrowsAsync<IpcException>(() => app.CallAsync("backend.numbers"));

        Assert.Equal(IpcErrorCode.InvalidRequest, error.Code);
        Assert.Contains("oriel.stream", error.Message, StringComparison.Ordinal);
        await left.InTime();
    }

    [Fact]
    public async Task A_value_among_the_bytes_of_a_generator_is_the_error_of_the_stream()
    {
        await using var app = await StartAsync();
        var answer = await app.CallAsync("backend.mixed");

        var error = await Assert.ThrowsAsync<IpcException>(() => app.Page.ReadBodyAsync(answer).InTime());

        Assert.Equal(IpcErrorCode.InvalidRequest, error.Code);
    }

    [Fact]
    public async Task A_back_end_that_ends_in_the_middle_of_its_bytes_is_the_error_of_the_stream()
    {
        await using var app = await StartAsync();
        var backend = app.App.Backends.Find("backend")!;
        var answer = await app.CallAsync("backend.endless");

        using (var process = Process.GetProcessById(backend.Status.ProcessId!.Value))
        {
            process.Kill();
        }

        // What had come before is still there.
        var error = await Assert.ThrowsAsync<IpcException>(() => app.Page.ReadBodyAsync(answer).InTime());
        Assert.Equal(IpcErrorCode.Disconnected, error.Code);
    }

    [Fact]
    public async Task Bytes_as_the_argument_of_a_stream_are_refused()
    {
        await using var app = await StartAsync();

        var error = await Assert.ThrowsAsync<IpcException>(async () =>
        {
            await foreach (var _ in app.Page.StreamAsync("backend.chunks", app.Page.AddBody(new byte[10])))
            {
            }
        });

        Assert.Equal(IpcErrorCode.InvalidParams, error.Code);
    }

    [Fact]
    public async Task A_call_that_never_returns_is_no_obstacle_to_its_end()
    {
        await using var app = await StartAsync();
        var backend = app.App.Backends.Find("backend")!;
        var pid = backend.Status.ProcessId!.Value;
        var blocked = app.Page.NextAsync("test.blocked");
        var call = app.Page.InvokeAsync("backend.block");
        await blocked.InTime();
        await backend.StopAsync().InTime();

        Assert.Equal(IpcErrorCode.Disconnected, (await Assert.ThrowsAsync<IpcException>(() => call.InTime())).Code);
        await Soon.UntilAsync(() => Alive.InGroup(pid).Count == 0);
    }

    private static async Task<BackendApp> StartAsync()
    {
        var (app, _) = await BackendApp.StartAsync(Python.Package() with { ShutdownTimeout = TimeSpan.FromSeconds(0.5) });
        return app;
    }
}
