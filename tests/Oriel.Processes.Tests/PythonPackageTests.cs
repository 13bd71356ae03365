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
