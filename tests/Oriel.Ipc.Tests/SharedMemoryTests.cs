using System.Buffers;
using System.Globalization;
using System.Runtime.Versioning;

namespace Oriel.Ipc.Tests;

/// <summary>Large payloads through shared memory: that they go there, that they arrive, and what a lying peer gets.</summary>
[Collection(CountedResources.Name)]
[SupportedOSPlatform("linux")]
public sealed class SharedMemoryTests : IDisposable
{
    private const int RingBytes = 1024 * 1024;

    private readonly TemporaryFolder _folder = new();

    private LocalSocketAddress Address => LocalSocketAddress.Parse(Path.Combine(_folder.Path, "test.sock"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Payloads_of_all_sizes_arrive_as_they_were_in_both_directions()
    {
        await using var pair = await SocketPair.CreateAsync(Address, new LocalSocketOptions { SharedMemoryBytes = RingBytes });
        await using var server = Echo(pair.Server);
        await using var client = Echo(pair.Client);
        await client.AnnounceAsync();
        await client.Ready.InTime();
        await client.RequestAsync("echo", default);
        await server.RequestAsync("echo", default);
        var random = new Random(7);

        for (var i = 0; i < 200; i++)
        {
            var bytes = new byte[random.Next(3) switch { 0 => random.Next(1_000), 1 => random.Next(300_000), _ => random.Next(RingBytes * 2) }];
            random.NextBytes(bytes);
            var answer = await (i % 2 == 0 ? client : server).RequestAsync("echo", IpcPayload.FromBytes(bytes)).AsTask().InTime();
            Assert.Equal(bytes, answer.Memory.ToArray());
        }
    }

    [Fact]
    public async Task Many_at_once_find_room_or_go_by_the_socket_and_all_arrive()
    {
        await using var pair = await SocketPair.CreateAsync(Address, new LocalSocketOptions { SharedMemoryBytes = RingBytes });
        await using var server = Echo(pair.Server);
        await using var client = Echo(pair.Client);
        await client.AnnounceAsync();
        await client.Ready.InTime();

        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(async () =>
        {
            var bytes = new byte[200_000];
            Array.Fill(bytes, (byte)i);
            var answer = await client.RequestAsync("echo", IpcPayload.FromBytes(bytes));
            Assert.Equal(bytes, answer.Memory.ToArray());
        }))).InTime();
    }

    [Fact]
    public async Task A_large_payload_does_not_pass_the_socket()
    {
        await using var pair = await SocketPair.CreateAsync(Address, new LocalSocketOptions { SharedMemoryBytes = RingBytes });
        await using var server = Echo(pair.Server);
        await using var client = Echo(pair.Client);
        await client.AnnounceAsync();
        await client.Ready.InTime();
        await client.RequestAsync("echo", default).AsTask().InTime();

        // Nothing reads the socket's end now but the peer: what lies in the memory is seen in the memory.
        var bytes = new byte[500_000];
        Array.Fill(bytes, (byte)0x5a);
        await client.RequestAsync("echo", IpcPayload.FromBytes(bytes)).AsTask().InTime();

        Assert.Contains(MemoryFiles(), static path => HoldsRun(path, 0x5a, 400_000));
    }

    [Fact]
    public async Task The_memory_is_gone_with_the_channel()
    {
        var before = MemoryFiles().Count;
        for (var round = 0; round < 20; round++)
        {
            await using var pair = await SocketPair.CreateAsync(LocalSocketAddress.Parse(Path.Combine(_folder.Path, $"{round}.sock")), new LocalSocketOptions { SharedMemoryBytes = RingBytes });
            await using var server = Echo(pair.Server);
            await using var client = Echo(pair.Client);
            await client.AnnounceAsync();
            await client.Ready.InTime();
            await client.RequestAsync("echo", IpcPayload.FromBytes(new byte[100_000])).AsTask().InTime();
        }

        // Other tests of this class run one after the other; the reading threads let go when they end.
        await Soon.UntilAsync(() => MemoryFiles().Count <= before);
    }

    [Fact]
    public async Task A_side_that_wants_none_gets_none()
    {
        var listener = LocalSocketListener.Listen(Address);
        var connecting = LocalSocketChannel.ConnectAsync(Address, new LocalSocketOptions { SharedMemoryBytes = 0 });
        await using var server = Echo(await listener.AcceptAsync().InTime());
        await using var client = Echo(await connecting.InTime());
        await client.AnnounceAsync();
        await client.Ready.InTime();

        var answer = await client.RequestAsync("echo", IpcPayload.FromBytes(new byte[300_000])).AsTask().InTime();

        Assert.Equal(300_000, answer.Memory.Length);
        await listener.DisposeAsync();
    }

    [Theory]
    [InlineData(-1, 10)]
    [InlineData(0, -1)]
    [InlineData(0, RingBytes + 1)]
    [InlineData(RingBytes - 64, 128)]
    [InlineData(long.MaxValue - 100, 100)]
    [InlineData(RingBytes * 2L, 10)]
    public void A_reference_that_lies_is_refused(long position, int length)
    {
        var memory = SharedMemory.TryCreate(RingBytes)!;
        var reference = new byte[SharedRing.ReferenceBytes];
        BitConverter.TryWriteBytes(reference, position);
        BitConverter.TryWriteBytes(reference.AsSpan(8), length);

        Assert.False(memory.Incoming.TryRead(reference, out _, out _));
        memory.Close();
    }

    [Fact]
    public void A_reader_that_claims_to_have_read_too_much_gets_nothing_more()
    {
        var memory = SharedMemory.TryCreate(RingBytes)!;
        var reference = new byte[SharedRing.ReferenceBytes];
        Assert.True(memory.Outgoing.TryWrite(new byte[100], reference));

        BitConverter.TryWriteBytes(memory.GetSpan()[64..], long.MaxValue);

        Assert.False(memory.Outgoing.TryWrite(new byte[100], reference));
        memory.Close();
    }

    [Fact]
    public void Only_a_sealed_memory_of_that_process_is_opened()
    {
        var memory = SharedMemory.TryCreate(RingBytes)!;
        var file = Path.Combine(_folder.Path, "file");
        File.WriteAllBytes(file, new byte[4_096 + 2 * RingBytes]);
        using var open = File.OpenRead(file);
        var ordinary = string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{open.SafeFileHandle.DangerousGetHandle()}");

        Assert.Null(SharedMemory.TryOpen(file, RingBytes, Environment.ProcessId));
        Assert.Null(SharedMemory.TryOpen(ordinary, RingBytes, Environment.ProcessId));
        Assert.Null(SharedMemory.TryOpen(memory.Path, RingBytes, Environment.ProcessId + 1));
        Assert.Null(SharedMemory.TryOpen(memory.Path, RingBytes / 2, Environment.ProcessId));
        Assert.Null(SharedMemory.TryOpen(memory.Path + "/../0", RingBytes, Environment.ProcessId));
        var opened = SharedMemory.TryOpen(memory.Path, RingBytes, Environment.ProcessId);
        Assert.NotNull(opened);
        opened.Close();
        memory.Close();
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(65_536 - 4_096)]
    [InlineData(512 * 1024 * 1024 + 4_096)]
    [InlineData(-4_096)]
    public async Task A_size_that_no_ring_can_have_is_refused_on_both_sides(int bytes)
    {
        var options = new LocalSocketOptions { SharedMemoryBytes = bytes };

        Assert.Throws<ArgumentOutOfRangeException>(() => LocalSocketListener.Listen(Address, options));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => LocalSocketChannel.ConnectAsync(Address, options));
    }

    // Its payloads would not begin on cache lines after the first round.
    [Fact]
    public void A_memory_of_a_size_that_no_ring_can_have_is_not_opened()
    {
        const int Odd = 100_000;
        var memory = SharedMemory.TryCreate(Odd)!;

        Assert.Null(SharedMemory.TryOpen(memory.Path, Odd, Environment.ProcessId));
        memory.Close();
    }

    private static IpcPeer Echo(LocalSocketChannel channel)
    {
        var peer = new IpcPeer(channel, new IpcPeerOptions
        {
            Route = static _ => new IpcRoute(static call =>
            {
                call.Result.Write(call.Arguments.Span);
                call.IsResultBinary = call.HasBinaryArguments;
                return ValueTask.CompletedTask;
            }),
        });
        peer.Start();
        return peer;
    }

    private static List<string> MemoryFiles() =>
        [.. Directory.GetFiles("/proc/self/fd").Where(static path => new FileInfo(path).LinkTarget is { } target && target.StartsWith("/memfd:oriel-ipc", StringComparison.Ordinal))];

    private static bool HoldsRun(string path, byte value, int length)
    {
        var run = 0;
        foreach (var item in File.ReadAllBytes(path))
        {
            run = item == value ? run + 1 : 0;
            if (run == length)
            {
                return true;
            }
        }

        return false;
    }
}
