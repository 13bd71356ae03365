using System.Diagnostics;
using System.Text.Json;
using static Oriel.Ipc.Tests.Envelope;

namespace Oriel.Ipc.Tests;

/// <summary>Feeds the reader what a generator makes of good messages. The seed is fixed: a failure can be repeated.</summary>
public sealed class EnvelopeMutationTests
{
    private const int Rounds = 150_000;

    internal static readonly string[] Seeds =
    [
        """{"type":"request","id":"12","method":"greet","credit":32,"data":{"name":"Ada","odd":"\ud800 é \u2028"}}""",
        """{"type":"response","id":"a-b","error":{"code":-32601,"message":"no","data":[1,2,{"a":null}]}}""",
        """{"type":"event","event":"tick","data":[1,-2.5e3,true,false,null,"x"],"future":{"deep":[[[[1]]]]}}""",
        """{"type":"request","id":"65536","method":"greet","data":{"name":"Ada"}}""",
        """{"type":"response","id":"7","data":[1,"\\",{"a":null}]}""",
        """{"type":"event","event":"tick","data":"é"}""",
        """{"type":"credit","id":"1","data":5}""",
        """{"type":"next","id":"007","data":"\"\\\/\b\f\n\r\t"}""",
    ];

    private static readonly byte[][] Fragments =
    [
        .. new[] { "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\n", "\0", " ", "1", "-", "e", ".", "null", "true", "\"type\":", "\"id\":\"1\"", "\"data\":", ",\"method\":\"m\"", "\"error\":{", "//", "\ufeff", "é", "😀" }.Select(Utf8),
        [0xff],
        [0xc3],
        [0xed, 0xa0, 0x80],
    ];

    [Fact]
    public void The_reader_never_throws_and_accepts_nothing_that_is_not_JSON()
    {
        var random = new Random(20_11);
        var seeds = Seeds.Select(Utf8).ToArray();
        var clock = Stopwatch.StartNew();
        var accepted = 0;

        for (var round = 0; round < Rounds && clock.Elapsed < TimeSpan.FromSeconds(3); round++)
        {
            var text = seeds[random.Next(seeds.Length)];
            for (var count = random.Next(1, 5); count > 0; count--)
            {
                text = Mutate(text, random);
            }

            if (!EnvelopeReader.TryRead(text, IpcLimits.Default, out var message, out var error))
            {
                Assert.NotNull(error);
                continue;
            }

            accepted++;
            AssertIsJson(text);
            AssertPayloadIsJson(message.Data);
            AssertPayloadIsJson(message.Error?.Data ?? default);
        }

        Assert.True(accepted > 100, $"Only {accepted} mutations were messages: the test tests nothing.");
    }

    [Fact]
    public void What_the_reader_accepts_can_be_written_and_is_read_as_the_same()
    {
        var random = new Random(7);
        var seeds = Seeds.Select(Utf8).ToArray();
        for (var round = 0; round < Rounds / 10; round++)
        {
            var text = Mutate(seeds[random.Next(seeds.Length)], random);
            if (!EnvelopeReader.TryRead(text, IpcLimits.Default, out var message, out _) || message.Kind == IpcMessageKind.Unknown || message.Data.Span.Contains((byte)'\n') || message.Error is { } error && error.Data.Span.Contains((byte)'\n'))
            {
                continue;
            }

            var again = Accepted(Write(message));
            Assert.Equal((message.Kind, message.Id, message.Name, message.Credit), (again.Kind, again.Id, again.Name, again.Credit));
            Assert.Equal(message.Error?.Message, again.Error?.Message);

            // An error takes the place of the payload.
            Assert.Equal(message.Error is null && !message.Data.IsEmpty ? Text(message.Data) : message.Error is null ? "null" : "", Text(again.Data));
        }
    }

    internal static byte[] Mutate(byte[] text, Random random)
    {
        var at = random.Next(text.Length + 1);
        var length = Math.Min(random.Next(1, 12), text.Length - at);
        switch (random.Next(7))
        {
            case 0:
                return [.. text[..at], .. Fragments[random.Next(Fragments.Length)], .. text[at..]];

            case 1:
                return [.. text[..at], .. text[(at + length)..]];

            case 2:
                return [.. text[..(at + length)], .. text[at..]];

            case 3:
                return [.. text[..at], (byte)random.Next(256), .. text[(at + Math.Min(1, length))..]];

            case 4:
                return text[..at];

            case 5:
                return [.. text[..at], .. Fragments[random.Next(Fragments.Length)], .. text[(at + length)..]];

            default:
                var other = Utf8(Seeds[random.Next(Seeds.Length)]);
                return [.. text[..at], .. other[random.Next(other.Length)..]];
        }
    }

    private static void AssertPayloadIsJson(ReadOnlyMemory<byte> data)
    {
        if (!data.IsEmpty)
        {
            AssertIsJson(data);
        }
    }

    private static void AssertIsJson(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 128 });
        }
        catch (JsonException exception)
        {
            Assert.Fail($"Accepted what is not JSON ({exception.Message}): {Text(text)}");
        }
    }
}
