using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text.Json;
using static Oriel.Ipc.Tests.Envelope;

namespace Oriel.Ipc.Tests;

/// <summary>Streams that a generator makes of good frames. A case is its seed: a failure says it, and can be repeated.</summary>
[SupportedOSPlatform("linux")]
[SupportedOSPlatform("macos")]
public sealed class FrameFuzzTests
{
    // Small enough for the generator to go beyond them.
    private static readonly IpcLimits Limits = new() { MaxMessageBytes = 2_000, MaxDepth = 12, MaxNameBytes = 16 };

    private static readonly byte[][] Corpus =
    [
        .. EnvelopeMutationTests.Seeds.Select(seed => Utf8(seed + "\n")),
        .. new[]
        {
            """{"type":"ready","data":{"handlers":["a","b"],"wire":["bin1","shm1"]}}""",
            """{"type":"ping","id":"1","data":[1]}""",
            """{"type":"pong","data":null}""",
            """{"type":"cancel","id":"12"}""",
            """{"type":"done","id":"12","error":{"code":1,"message":"x"}}""",
            """{"type":"data","data":{"free":true}}""",
            """{"type":"response","error":{"code":-32700,"message":"what?"}}""",
            """{"type":"request","id":"1","method":"echo","data":"\u00e9"}""" + "\r",
            "",
        }.Select(line => Utf8(line + "\n")),
        BadInputTests.Frame((byte)IpcMessageKind.Request, 1, 12, [4, 0, .. "echo"u8, 0, 1, 2, 10, 255]),
        BadInputTests.Frame((byte)IpcMessageKind.Event, 1, 0, [1, 0, .. "e"u8]),
        BadInputTests.Frame((byte)IpcMessageKind.Response, 0, 65536, [10, 10, 10]),
        BadInputTests.Frame((byte)IpcMessageKind.Next, 0, 7, []),
    ];

    [Fact]
    public void What_a_stream_is_cut_into_does_not_depend_on_how_it_arrives()
    {
        var (accepted, refused, broken) = (0, 0, 0);
        foreach (var seed in Long.Cases(60_000))
        {
            var random = new Random(seed);
            var stream = Generate(random);

            var whole = Cut(stream, static _ => int.MaxValue);
            var most = random.Next(1, 40);
            var pieces = Cut(stream, _ => random.Next(1, most + 1));

            Assert.True(whole.SequenceEqual(pieces), $"Seed {seed}: {Convert.ToHexString(stream)}\nwhole:  {string.Join(" | ", whole)}\npieces: {string.Join(" | ", pieces)}");
            accepted += whole.Count(static frame => frame.StartsWith("Message", StringComparison.Ordinal));
            refused += whole.Count(static frame => frame.StartsWith("Refused", StringComparison.Ordinal));
            broken += whole.Count(static frame => frame.StartsWith("Broken", StringComparison.Ordinal));
        }

        Assert.True(Math.Min(Math.Min(accepted, refused), broken) > 500, $"{accepted} messages, {refused} refused, {broken} broken streams: the generator misses something.");
    }

    [Fact]
    public async Task A_peer_outlives_whatever_arrives()
    {
        await using var victim = new Victim(new LocalSocketOptions { Limits = Limits, Linger = TimeSpan.FromMilliseconds(200) }, new IpcPeerOptions { Limits = Limits, OnEvent = static (_, _) => ValueTask.CompletedTask });
        var before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var seed in Long.Cases(600))
        {
            var random = new Random(seed);
            var stream = Generate(random);
            using var attacker = victim.Attack();

            for (var at = 0; at < stream.Length;)
            {
                var count = Math.Min(random.Next(1, 400), stream.Length - at);
                if (!attacker.TrySend(stream.AsSpan(at, count)))
                {
                    break;
                }

                at += count;
            }

            var isCut = random.Next(3) == 0;
            if (!isCut)
            {
                try
                {
                    attacker.Socket.Shutdown(SocketShutdown.Send);
                }
                catch (SocketException)
                {
                    // The server was faster.
                }

                foreach (var line in attacker.ReadToEnd().Where(static line => line.StartsWith('{')))
                {
                    AssertIsJson(Utf8(line));
                }
            }
        }

        await victim.AssertServesOthersAsync();
        await Task.WhenAll(victim.Peers.Select(static peer => peer.Channel.Closed)).InTime();
        Assert.All(victim.Errors, static error => Assert.IsType<IpcException>(error));
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 64 * 1024 * 1024);
    }

    private static byte[] Generate(Random random)
    {
        List<byte> stream = [];
        for (var count = random.Next(1, 7); count > 0; count--)
        {
            var frame = Corpus[random.Next(Corpus.Length)];
            for (var mutations = random.Next(5) < 2 ? random.Next(1, 4) : 0; mutations > 0 && frame.Length > 0; mutations--)
            {
                frame = Mutate(frame, random);
            }

            stream.AddRange(frame);
        }

        return [.. stream];
    }

    private static byte[] Mutate(byte[] frame, Random random)
    {
        var at = random.Next(frame.Length);
        var length = random.Next(1, frame.Length - at + 1);
        var other = Corpus[random.Next(Corpus.Length)];
        switch (random.Next(10))
        {
            case 0:
                var flipped = frame.ToArray();
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;

            case 1:
                return frame[..at];

            case 2:
                return [.. frame[..at], .. frame[(at + length)..]];

            case 3:
                return [.. frame[..at], .. other[random.Next(other.Length)..]];

            case 4 when frame[0] == BinaryFrame.Marker && frame.Length >= BinaryFrame.HeadBytes:
                uint[] lengths = [0, 1, 15, 16, (uint)frame.Length, (uint)Limits.MaxMessageBytes, (uint)Limits.MaxMessageBytes + 1, int.MaxValue, uint.MaxValue];
                var lying = frame.ToArray();
                BinaryPrimitives.WriteUInt32LittleEndian(lying.AsSpan(4), lengths[random.Next(lengths.Length)]);
                return lying;

            case 5:
                var depth = random.Next(1, 30);
                return Utf8($"{{\"type\":\"event\",\"event\":\"deep\",\"data\":{new string('[', depth)}{new string(']', random.Next(5) == 0 ? depth - 1 : depth)}}}\n");

            case 6:
                // A member that stands twice.
                return frame[0] == (byte)'{' && frame.Length > 3 ? [(byte)'{', .. frame[1..^2], (byte)',', .. frame[1..]] : [.. frame, .. frame];

            case 7:
                // About as long as a message may be, ended in either way.
                var size = Limits.MaxMessageBytes + random.Next(-3, 4) - """{"type":"event","event":"e","data":""}""".Length;
                return Utf8($"{{\"type\":\"event\",\"event\":\"e\",\"data\":\"{new string('x', size)}\"}}{(random.Next(2) == 0 ? "\r" : "")}\n");

            case 8:
                var noise = new byte[random.Next(1, 40)];
                random.NextBytes(noise);
                return [.. frame[..at], .. noise, .. frame[at..]];

            default:
                return [.. frame[..(at + length)], .. frame[at..]];
        }
    }

    private static List<string> Cut(byte[] stream, Func<int, int> chunk)
    {
        List<string> frames = [];
        using var reader = new FrameReader(Limits);
        for (var at = 0; at < stream.Length;)
        {
            var free = reader.Free;
            var count = Math.Min(Math.Min(chunk(at), free.Length), stream.Length - at);
            stream.AsSpan(at, count).CopyTo(free);
            reader.Advance(count);
            at += count;

            for (; ; )
            {
                var result = reader.TryRead(out var message, out var error, out _);
                if (result == FrameResult.Incomplete)
                {
                    break;
                }

                Assert.Equal(result == FrameResult.Message, error is null);
                if (result == FrameResult.Message && !message.IsBinary)
                {
                    AssertIsJson(message.Raw);
                }

                // How much of a line that is too long has come may differ, and is said; nothing else may.
                frames.Add($"{result} {message.Kind} {message.Id} {message.Name} {Convert.ToHexString(message.Data.Span)} {error?.Code}");
                if (result == FrameResult.Broken)
                {
                    return frames;
                }
            }
        }

        frames.Add($"{reader.Incomplete} left");
        return frames;
    }

    private static void AssertIsJson(ReadOnlyMemory<byte> text)
    {
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 128 });
        Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
    }
}
