using System.Collections.Concurrent;
using Oriel.Ipc;
using Oriel.Testing;

namespace Oriel.Commands.Tests;

/// <summary>Pages that lie, stop half-way, or come and go, through generated code.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("whole", 10, 5)]
    [InlineData("whole", 5, 10)]
    [InlineData("whole", 0, 1)]
    [InlineData("drain", 10, 5)]
    [InlineData("drain", 5, 10)]
    public async Task An_upload_that_lies_about_its_length_ends_its_call_and_no_other(string name, long announced, int sent)
    {
        await using var host = await StartAsync();
        var id = host.Page.NewBodyId();

        var call = host.CallAsync(name, $$$"""{"body":{{{HeadlessPage.ReferenceOf(id, announced)}}}}""");
        await using var answer = await host.Page.SendRangeAsync(id, 0, new byte[sent], isLast: true).InTime();

        Assert.Equal(IpcErrorCode.InvalidParams, (await Assert.ThrowsAsync<IpcException>(() => call)).Code);
        await AssertWorksAsync(host);
    }

    [Theory]
    [InlineData("whole", "-1")]
    [InlineData("whole", "1e300")]
    [InlineData("whole", "\"5\"")]
    public async Task A_length_that_no_body_has_is_refused(string name, string length)
    {
        await using var host = await StartAsync();
        var id = host.Page.NewBodyId();

        var call = host.CallAsync(name, $$$"""{"body":{"$body":"{{{id}}}","length":{{{length}}}}}""");

        Assert.Contains((await Assert.ThrowsAsync<IpcException>(() => call)).Code, (IpcErrorCode[])[IpcErrorCode.InvalidParams, IpcErrorCode.PayloadTooLarge]);
        await AssertWorksAsync(host);
    }

    [Fact]
    public async Task An_upload_that_announces_more_than_may_be_held_is_refused_when_it_begins()
    {
        await using var host = await StartAsync();
        var id = host.Page.NewBodyId();

        var call = host.CallAsync("whole", $$$"""{"body":{{{HeadlessPage.ReferenceOf(id, long.MaxValue)}}}}""");
        await using var answer = await host.Page.SendRangeAsync(id, 0, new byte[5], isLast: true).InTime();

        Assert.Equal(IpcErrorCode.PayloadTooLarge, (await Assert.ThrowsAsync<IpcException>(() => call)).Code);
        await AssertWorksAsync(host);
    }

    [Theory]
    [InlineData("whole", 0)]
    [InlineData("whole", 5)]
    [InlineData("drain", 0)]
    [InlineData("drain", 5)]
    public async Task An_upload_that_never_starts_or_stops_half_way_ends_where_the_page_gives_up(string name, int sent)
    {
        await using var host = await StartAsync();
        var id = host.Page.NewBodyId();
        using var patience = new CancellationTokenSource();

        var call = host.Page.InvokeAsync(name, $$$"""{"body":{{{HeadlessPage.ReferenceOf(id, 10)}}}}""", cancellationToken: patience.Token);
        if (sent > 0)
        {
            await using var first = await host.Page.SendRangeAsync(id, 0, new byte[sent], isLast: false).InTime();
        }

        await AssertWorksAsync(host);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.InTime());

        // What comes too late is turned away.
        await AssertWorksAsync(host);
        await using var late = await host.Page.SendRangeAsync(id, sent, new byte[10 - sent], isLast: true).InTime();
        Assert.Equal(410, late.Status);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_twice_unknown_or_too_late_harms_nobody()
    {
        await using var host = await StartAsync();
        for (var id = 0; id < 50; id++)
        {
            host.Page.SignalUp($$"""c{{id}} {"type":"cancel","id":"{{id}}"}""");
            host.Page.SignalUp($$"""c{{id}} {"type":"cancel","id":"{{id}}"}""");
            await AssertWorksAsync(host);
        }
    }

    [Fact]
    public async Task Commands_that_come_and_go_while_pages_call_them_are_there_or_are_not()
    {
        await using var host = await StartAsync();
        using var done = new CancellationTokenSource();
        var outcomes = new ConcurrentDictionary<string, int>();
        var changing = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                host.App.Commands.Map("changing", static (int n) => n + 1);
                host.App.Commands.Remove("changing");
            }
        });

        // Until both were seen, and then some.
        for (var i = 0; i < 2_000 || outcomes.Count < 2; i++)
        {
            outcomes.AddOrUpdate(await OutcomeAsync(), 1, static (_, count) => count + 1);
        }

        await done.CancelAsync();
        await changing;
        Assert.Equal(["2", nameof(IpcErrorCode.MethodNotFound)], outcomes.Keys.Order());

        async Task<string> OutcomeAsync()
        {
            try
            {
                return await host.CallAsync("changing", """{"n":1}""");
            }
            catch (IpcException exception)
            {
                return exception.Code.ToString();
            }
        }
    }

    [Fact]
    public async Task A_call_under_way_ends_well_when_its_command_is_removed()
    {
        var (entered, goOn) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var host = await StartAsync();
        host.App.Commands.Map("held", async (int n) =>
        {
            entered.SetResult();
            return n + await goOn.Task;
        });

        var call = host.CallAsync("held", """{"n":1}""");
        await entered.Task.InTime();
        host.App.Commands.Remove("held");
        goOn.SetResult(2);

        Assert.Equal("3", await call);
        Assert.Equal(IpcErrorCode.MethodNotFound, (await Assert.ThrowsAsync<IpcException>(() => host.CallAsync("held", """{"n":1}"""))).Code);
    }

    private static async Task AssertWorksAsync(Host host) => Assert.Equal("3", await host.CallAsync("add", "[1,2]"));

    private static Task<Host> StartAsync() => Host.StartAsync(static app =>
    {
        app.Commands.Map("add", static (int a, int b) => a + b);
        app.Commands.Map("whole", static (byte[] body) => body.Length);
        app.Commands.Map("drain", static async (Stream body, CancellationToken cancel) =>
        {
            await body.CopyToAsync(Stream.Null, cancel);
            return "drained";
        });
    });
}
