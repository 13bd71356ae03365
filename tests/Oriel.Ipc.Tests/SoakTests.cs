using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.Versioning;
using static Oriel.Ipc.Tests.Envelope;

namespace Oriel.Ipc.Tests;

/// <summary>Mixed traffic with Python processes that are killed at any moment, by a schedule that the seed fixes.</summary>
[Collection(CountedResources.Name)]
[SupportedOSPlatform("linux")]
public sealed class SoakTests
{
    private const int Clients = 2;

    [Fact]
    public Task Nothing_that_was_acknowledged_is_lost_when_processes_are_killed() => SoakAsync(static (round, _) => round < 4);

    [Fact]
    [Trait("Weight", "heavy")]
    public Task Nothing_that_was_acknowledged_is_lost_in_ten_minutes()
    {
        Assert.SkipUnless(Long.IsAsked, "Takes ten minutes: set ORIEL_TESTS_LONG=1.");
        return SoakAsync(static (_, elapsed) => elapsed < TimeSpan.FromMinutes(10));
    }

    private static async Task SoakAsync(Func<int, TimeSpan, bool> goesOn)
    {
        ConcurrentDictionary<string, bool> received = new();
        var (descriptors, threads, memory) = (CountedResources.Descriptors, CountedResources.Threads, GC.GetTotalMemory(forceFullCollection: true));
        var (acknowledged, answered) = (0, 0);
        await using (var victim = new Victim(
            new LocalSocketOptions { Linger = TimeSpan.FromMilliseconds(200) },
            new IpcPeerOptions { OnEvent = static (_, _) => ValueTask.CompletedTask, HeartbeatInterval = TimeSpan.FromSeconds(1) },
            route: method => method == "add" ? new IpcRoute(call => AddAsync(call, received)) : null))
        {
            var clock = Stopwatch.StartNew();
            for (var round = 0; goesOn(round, clock.Elapsed); round++)
            {
                var work = Enumerable.Range(round * Clients, Clients).Select(client => Task.Run(async () =>
                {
                    var acknowledgements = await RunClientAsync(victim.Address, client);
                    Assert.All(acknowledgements, text => Assert.True(received.ContainsKey(text), $"{text} was acknowledged and is lost."));
                    Interlocked.Add(ref acknowledged, acknowledgements.Count);
                })).ToList();
                work.AddRange(Enumerable.Range(round * Clients, Clients).Select(index => Task.Run(async () => Interlocked.Add(ref answered, await CallUntilTheEndAsync(await victim.PeerAsync(index))))));
                await Task.WhenAll(work).WaitAsync(5 * Soon.Limit);

                // What was acknowledged is checked: only what is under way need be kept.
                received.Clear();
            }

            await Task.WhenAll(victim.Peers.Select(static peer => peer.Channel.Closed)).InTime();
            await Soon.UntilAsync(() => victim.Peers.All(static peer => peer.AnswersAwaited + peer.RequestsInFlight == 0));
            await victim.AssertServesOthersAsync();
        }

        Assert.True(acknowledged > 100 && answered > 100, $"{acknowledged} requests of the processes and {answered} of ours were answered: the test tests nothing.");
        await CountedResources.AssertBackAsync(descriptors, threads);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - memory, long.MinValue, 64 * 1024 * 1024);
    }

    private static ValueTask AddAsync(IpcCall call, ConcurrentDictionary<string, bool> received)
    {
        var text = Text(call.Arguments);
        received[text.Trim('"')] = true;
        call.Result.Write(call.Arguments.Span);
        call.IsResultBinary = call.HasBinaryArguments;
        return ValueTask.CompletedTask;
    }

    // A client of the schedule: what it said was acknowledged, until it was killed.
    private static async Task<List<string>> RunClientAsync(LocalSocketAddress address, int seed)
    {
        var killAfter = new Random(seed).Next(1, 600);
        using var process = new ChildProcess("python3", Path.Combine(AppContext.BaseDirectory, "assets", "soak_client.py"), address.Path, $"client{seed}", $"{seed}");
        List<string> acknowledged = [];
        while (await process.StandardOutput.ReadLineAsync().InTime() is { } line)
        {
            acknowledged.Add(line);
            if (acknowledged.Count == killAfter)
            {
                process.Kill();
            }
        }

        Assert.True(acknowledged.Count >= killAfter, $"The client {seed} ended by itself after {acknowledged.Count} of {killAfter}.");
        return acknowledged;
    }

    // Our own calls and events meanwhile: each is answered rightly, or fails because the process is gone.
    private static async Task<int> CallUntilTheEndAsync(IpcPeer peer)
    {
        var answered = 0;
        try
        {
            for (; ; )
            {
                await peer.EmitAsync("news", Utf8($"{answered}"));
                var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(async i => Text(await peer.RequestAsync("echo", Utf8($"{i}"))))).InTime();
                Assert.Equal(["0", "1", "2", "3"], answers);
                answered += answers.Length;
            }
        }
        catch (IpcException exception) when (exception.Code is IpcErrorCode.Disconnected or IpcErrorCode.ShuttingDown)
        {
            return answered;
        }
    }
}
