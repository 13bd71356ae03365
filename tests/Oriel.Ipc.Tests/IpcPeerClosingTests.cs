namespace Oriel.Ipc.Tests;

/// <summary>What is under way when a peer ends.</summary>
/// <remarks>Alone: exceptions that nobody has seen are counted, and the runtime tells of everybody's.</remarks>
[Collection(CountedResources.Name)]
public sealed class IpcPeerClosingTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_under_way_ends_when_either_side_closes(bool serverCloses)
    {
        await using var peers = new Peers();
        var started = new CountdownEvent(2);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        peers.Handlers["wait"] = async call =>
        {
            await using var registration = call.CancellationToken.Register(cancelled.SetResult);
            started.Signal();
            await cancelled.Task;
        };
        peers.Handlers["items"] = async call =>
        {
            started.Signal();
            await call.SendItemAsync("1"u8.ToArray());
            await call.SendItemAsync("2"u8.ToArray());
        };
        var call = peers.CallAsync("wait");
        var stream = Task.Run(async () =>
        {
            await foreach (var _ in peers.Client.RequestStreamAsync("items", default, 1))
            {
                await Assert.ThrowsAsync<IpcException>(() => call);
            }
        });
        Assert.True(started.Wait(Soon.Limit));
        await (serverCloses ? peers.Server : peers.Client).DisposeAsync();

        Assert.Equal(IpcErrorCode.Disconnected, (await Assert.ThrowsAsync<IpcException>(() => call.InTime())).Code);
        Assert.Equal(IpcErrorCode.Disconnected, (await Assert.ThrowsAsync<IpcException>(() => stream.InTime())).Code);
        await cancelled.Task.InTime();
        Assert.Equal(IpcErrorCode.Disconnected, (await Assert.ThrowsAsync<IpcException>(() => peers.CallAsync("wait").InTime())).Code);
        await Assert.ThrowsAsync<IpcException>(() => peers.Client.EmitAsync("a", default).AsTask().InTime());
    }

    [Fact]
    public async Task A_request_that_waits_to_be_sent_ends_when_its_peer_closes()
    {
        var (first, _) = ThreadChannel.CreatePair(1);
        var client = new IpcPeer(first, new IpcPeerOptions());
        client.Start();
        await client.EmitAsync("fills.the.channel", default);
        var call = client.RequestAsync("a", default).AsTask();
        await client.DisposeAsync();

        Assert.Equal(IpcErrorCode.Disconnected, (await Assert.ThrowsAsync<IpcException>(() => call.InTime())).Code);
    }

    [Fact]
    public async Task Closing_twice_is_closing_once()
    {
        await using var peers = new Peers();
        await peers.Client.DisposeAsync();
        await peers.Client.DisposeAsync();
    }

    // Everything at once, ended in the middle of it, again and again: nothing hangs, and nothing fails with nobody to see it.
    [Fact]
    public async Task Closing_during_everything_ends_everything()
    {
        using var unobserved = new UnobservedExceptions();
        for (var round = 0; round < 60; round++)
        {
            await CloseInTheMiddleAsync(round);
        }

        unobserved.AssertNone();
    }

    private static async Task CloseInTheMiddleAsync(int round)
    {
        var handled = 0;
        await using var peers = new Peers(
            new IpcPeerOptions
            {
                OnEvent = async (_, _) =>
                {
                    await Task.Yield();
                    Interlocked.Increment(ref handled);
                },
            },
            capacity: 1 + round % 8);
        peers.Handlers["echo"] = Peers.EchoAsync;
        peers.Handlers["wait"] = static async call => await Task.Delay(Timeout.Infinite, call.CancellationToken);
        peers.Handlers["endless"] = static async call =>
        {
            for (; ; )
            {
                await call.SendItemAsync("1"u8.ToArray());
            }
        };

        var work = Enumerable.Range(0, 12).Select(lane => Task.Run(async () =>
        {
            try
            {
                for (var i = 0; ; i++)
                {
                    switch (lane % 4)
                    {
                        case 0:
                            await peers.CallAsync("echo");
                            break;

                        case 1:
                            await peers.CallAsync(i % 2 == 0 ? "wait" : "nope");
                            break;

                        case 2:
                            await peers.Client.EmitAsync("e", "1"u8.ToArray());
                            break;

                        default:
                            await foreach (var _ in peers.Client.RequestStreamAsync("endless", default, 3))
                            {
                            }

                            break;
                    }
                }
            }
            catch (IpcException exception) when (exception.Code is IpcErrorCode.Disconnected or IpcErrorCode.ShuttingDown or IpcErrorCode.MethodNotFound or IpcErrorCode.Cancelled)
            {
            }
        })).ToArray();

        await Soon.UntilAsync(() => Volatile.Read(ref handled) > 20);
        await (round % 2 == 0 ? peers.Client : peers.Server).DisposeAsync();
        await Task.WhenAll(work).InTime();
        Assert.Empty(peers.Errors);
        Assert.Equal(0, peers.Client.AnswersAwaited);
    }
}
