using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using static Oriel.Ipc.Tests.Envelope;

namespace Oriel.Ipc.Tests;

/// <summary>What channels count, and what a listener sees of it.</summary>
/// <remarks>Beside no other test: a collection empties the pools of memory, and a listener is somebody who listens, to all channels.</remarks>
[Collection<Alone>]
public sealed class IpcChannelMetricsTests
{
    [Fact]
    public async Task A_channel_counts_what_passes()
    {
        var (first, second) = ThreadChannel.CreatePair();
        await first.SendAsync(IpcMessage.Event("a", Utf8("123")));
        await first.SendAsync(IpcMessage.Event("b", Utf8("45")));
        await second.ReceiveAsync();
        await second.ReceiveAsync();

        var (sent, received) = (first.Metrics.Snapshot(), second.Metrics.Snapshot());

        Assert.Equal((2, 5, 2), (sent.MessagesSent, sent.BytesSent, sent.PeakQueueLength));
        Assert.Equal((2, 5, 0), (received.MessagesReceived, received.BytesReceived, received.MessagesSent));
        Assert.Equal(("thread_a", "thread", false), (sent.ChannelName, sent.ChannelType, sent.IsClosed));
    }

    [Fact]
    public async Task The_latency_of_requests_is_counted_where_they_are_made()
    {
        await using var peers = new Peers();
        peers.Handlers["echo"] = Peers.EchoAsync;
        for (var i = 0; i < 10; i++)
        {
            await peers.CallAsync("echo");
        }

        var latency = peers.Client.Channel.Metrics.Snapshot().Latency;

        Assert.Equal(10, latency.Count);
        Assert.True(latency.Max > TimeSpan.Zero);
        Assert.True(latency.P50 <= latency.P90 && latency.P90 <= latency.P99 && latency.P99 <= latency.Max);
        Assert.Equal(default, peers.Server.Channel.Metrics.Snapshot().Latency);
    }

    [Fact]
    public void The_time_that_a_channel_is_open_ends_with_it()
    {
        var (first, _) = ThreadChannel.CreatePair();
        Assert.True(IpcMeter.Shows(first.Metrics));

        first.Shutdown();

        var snapshot = first.Metrics.Snapshot();
        Assert.True(snapshot.IsClosed);
        Assert.True(snapshot.Uptime > TimeSpan.Zero);
        Assert.Equal(snapshot.Uptime, first.Metrics.Snapshot().Uptime);
        Assert.False(IpcMeter.Shows(first.Metrics));
    }

    [Fact]
    public void A_channel_that_nobody_closed_and_nobody_has_leaves_the_meter()
    {
        var forgotten = Forget();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(forgotten.TryGetTarget(out _));
    }

    [Fact]
    public async Task A_listener_sees_every_open_channel_by_its_name()
    {
        var (first, second) = ThreadChannel.CreatePair(new ThreadChannelOptions { Name = "calls" });
        await using var server = new IpcPeer(second, new IpcPeerOptions { Route = static _ => new IpcRoute(Peers.EchoAsync) });
        await using var client = new IpcPeer(first, new IpcPeerOptions());
        server.Start();
        client.Start();
        await Soon.UntilAsync(static () => IpcMeter.Exists);
        var metrics = new IpcChannelMetrics("seen", "test");
        var closed = new IpcChannelMetrics("unseen", "test");
        metrics.OnSent(7);
        metrics.OnSent(5);
        metrics.OnReceived(3);
        metrics.OnDropped();
        metrics.OnError();
        metrics.OnQueued(4);
        closed.Close();
        closed.Close();

        var seen = new Dictionary<string, double>();
        var names = new HashSet<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Oriel.Ipc")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        void See(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            lock (seen)
            {
                // Other tests have channels too.
                var name = TagOf(tags, "channel.name");
                names.Add(name);
                if (name == "seen" || (name == "calls_a" && instrument.Name == "oriel.ipc.request.duration"))
                {
                    seen[instrument.Name] = value;
                }
            }
        }

        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => See(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => See(instrument, value, tags));
        listener.Start();
        await client.RequestAsync("echo", Utf8("1")).AsTask().InTime();
        listener.RecordObservableInstruments();

        Assert.Contains("calls_b", names);
        Assert.DoesNotContain("unseen", names);
        Assert.Equal(2, seen["oriel.ipc.messages.sent"]);
        Assert.Equal(12, seen["oriel.ipc.bytes.sent"]);
        Assert.Equal(1, seen["oriel.ipc.messages.received"]);
        Assert.Equal(3, seen["oriel.ipc.bytes.received"]);
        Assert.Equal(1, seen["oriel.ipc.messages.dropped"]);
        Assert.Equal(1, seen["oriel.ipc.errors"]);
        Assert.Equal(4, seen["oriel.ipc.queue.peak"]);
        Assert.True(seen["oriel.ipc.channel.uptime"] > 0);
        Assert.InRange(seen["oriel.ipc.request.duration"], 0.000_000_1, Soon.Limit.TotalSeconds);
        metrics.Close();
    }

    [Fact]
    public async Task Nothing_is_allocated_for_a_message_when_nobody_listens()
    {
        var metrics = new IpcChannelMetrics("quiet", "test");
        await Soon.UntilAsync(static () => IpcMeter.Exists);
        long Pass()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1_000; i++)
            {
                metrics.OnSent(100);
                metrics.OnReceived(100);
                metrics.OnQueued(i);
                metrics.OnAnswered(TimeSpan.FromTicks(i));
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Pass();

        Assert.False(IpcMeter.WantsDurations);
        Assert.Equal(0, Pass());
        metrics.Close();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<IpcChannelMetrics> Forget()
    {
        var (first, second) = ThreadChannel.CreatePair();
        first.TrySend(IpcMessage.Event("a", default));
        return new WeakReference<IpcChannelMetrics>(second.Metrics);
    }

    private static string TagOf(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var (key, value) in tags)
        {
            if (key == name)
            {
                return (string)value!;
            }
        }

        return "";
    }
}

/// <summary>Tests that run when no other does.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Alone;
