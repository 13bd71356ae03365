using System.Text;
using System.Text.Json;
using static Oriel.Ipc.Tests.Envelope;

namespace Oriel.Ipc.Tests;

/// <summary>The reader against the envelope's rules, written down a second time over a parsed document: slow and plain.</summary>
public sealed class EnvelopeModelTests
{
    private static readonly IpcLimits Limits = new() { MaxDepth = 6, MaxMessageBytes = 400, MaxNameBytes = 8 };

    [Fact]
    public void The_reader_says_of_every_mutation_what_the_model_says()
    {
        var seeds = EnvelopeMutationTests.Seeds.Select(Utf8).ToArray();
        var accepted = 0;
        foreach (var seed in Long.Cases(100_000))
        {
            var random = new Random(seed);
            var text = seeds[random.Next(seeds.Length)];
            for (var count = random.Next(0, 4); count > 0; count--)
            {
                text = EnvelopeMutationTests.Mutate(text, random);
            }

            var isMessage = EnvelopeReader.TryRead(text, Limits, out var message, out var error);
            var expected = Model.Read(text);

            accepted += isMessage ? 1 : 0;
            var actual = isMessage ? Model.Describe(message) : $"refused: {error!.Code}";
            Assert.True(expected == actual, $"Seed {seed}: {Text(text)}\nmodel:  {expected}\nreader: {actual}");
        }

        Assert.True(accepted > 1_000, $"Only {accepted} mutations were messages: the test tests nothing.");
    }

    private static class Model
    {
        private static readonly string[] Known = ["type", "id", "method", "event", "data", "error", "credit"];

        public static string Describe(in IpcMessage message) =>
            $"{message.Kind} id={(message.Id.IsNone ? "-" : message.Id)} name={message.Name} credit={message.Credit} data={Text(message.Data)} error={message.Error?.Code} {message.Error?.Message} {Text(message.Error?.Data ?? default)}";

        public static string Read(byte[] text)
        {
            if (text.Length > Limits.MaxMessageBytes)
            {
                return Refused(IpcErrorCode.PayloadTooLarge);
            }

            try
            {
                using var document = System.Text.Unicode.Utf8.IsValid(text) ? JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Limits.MaxDepth }) : throw new JsonException();
                return document.RootElement.ValueKind == JsonValueKind.Object && Message(document.RootElement) is { } message
                    ? Describe(message)
                    : Refused(IpcErrorCode.InvalidRequest);
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                return Refused(IpcErrorCode.ParseError);
            }
        }

        private static string Refused(IpcErrorCode code) => $"refused: {(int)code}";

        // Null for what is JSON and no message. Throws for text that is no text, where it is looked at.
        private static IpcMessage? Message(JsonElement root)
        {
            HashSet<string> seen = [];
            string? method = null, @event = null;
            IpcMessage message = default;

            foreach (var member in root.EnumerateObject())
            {
                var name = Known.FirstOrDefault(member.NameEquals);
                if (name is not null && !seen.Add(name))
                {
                    return null;
                }

                var value = member.Value;
                var (kind, isNull) = (value.ValueKind, value.ValueKind == JsonValueKind.Null);
                switch (name)
                {
                    case "type":
                        if (kind != JsonValueKind.String)
                        {
                            return null;
                        }

                        message = message with { Kind = Enum.GetValues<IpcMessageKind>().FirstOrDefault(known => known != IpcMessageKind.Unknown && value.ValueEquals(known.ToString().ToLowerInvariant())) };
                        break;

                    case "id" when !isNull:
                        if (kind != JsonValueKind.String || Bytes(value) is 0 or > IpcId.MaxLength)
                        {
                            return null;
                        }

                        message = message with { Id = new IpcId(value.GetString()!) };
                        break;

                    case "method" or "event" when !isNull:
                        if (kind != JsonValueKind.String || Bytes(value) > Limits.MaxNameBytes || Bytes(value) == 0)
                        {
                            return null;
                        }

                        _ = name == "method" ? method = value.GetString() : @event = value.GetString();
                        break;

                    case "data":
                        message = message with { Data = Raw(value) };
                        break;

                    case "credit":
                        if (kind != JsonValueKind.Number || !value.TryGetInt32(out var credit) || credit is < 1 or > IpcPeer.MaxCredit)
                        {
                            return null;
                        }

                        message = message with { Credit = credit };
                        break;

                    case "error" when !isNull:
                        if (kind != JsonValueKind.Object || Error(value) is not { } error)
                        {
                            return null;
                        }

                        message = message with { Error = error };
                        break;
                }
            }

            message = message with { Name = (message.Kind == IpcMessageKind.Event ? @event : method) ?? "" };
            var isWhole = seen.Contains("type") && message.Kind switch
            {
                IpcMessageKind.Request => !message.Id.IsNone && method is not null,
                IpcMessageKind.Event => @event is not null,
                IpcMessageKind.Response => !message.Id.IsNone || message.Error is not null,
                IpcMessageKind.Cancel or IpcMessageKind.Next or IpcMessageKind.Done => !message.Id.IsNone,
                _ => true,
            };
            return isWhole ? message : null;
        }

        private static IpcError? Error(JsonElement value)
        {
            var error = new IpcError(IpcErrorCode.InternalError, "");
            foreach (var member in value.EnumerateObject())
            {
                if (member.NameEquals("code"))
                {
                    if (member.Value.ValueKind != JsonValueKind.Number || !member.Value.TryGetInt32(out var code))
                    {
                        return null;
                    }

                    error = error with { Code = code };
                }
                else if (member.NameEquals("message"))
                {
                    if (member.Value.ValueKind != JsonValueKind.String)
                    {
                        return null;
                    }

                    error = error with { Message = member.Value.GetString()! };
                }
                else if (member.NameEquals("data"))
                {
                    error = error with { Data = Raw(member.Value) };
                }
            }

            return error;
        }

        private static byte[] Raw(JsonElement value) => Utf8(value.GetRawText());

        private static int Bytes(JsonElement text) => Encoding.UTF8.GetByteCount(text.GetRawText()) - 2;

        private static byte[] Utf8(string text) => Envelope.Utf8(text);
    }
}
