using System.Text;
using static Oriel.Ipc.Tests.Envelope;

namespace Oriel.Ipc.Tests;

public sealed class EnvelopeReaderTests
{
    private const string Event = """{"type":"event","event":"a"}""";

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("""{"type":"event","event":"a" """)]
    [InlineData("""{"type":"event","event":"a""")]
    [InlineData("""{"type":"event","event":"a","data":[1,2}""")]
    [InlineData("""{"type":"event","event":"a","data":}""")]
    [InlineData("""{"type":"event","event":"a","data":tru}""")]
    [InlineData("""{"type":"event","event":"a",}""")]
    [InlineData("""{"type" "event"}""")]
    [InlineData("""{type:"event"}""")]
    [InlineData("""{'type':'event'}""")]
    [InlineData("""{"type":"event","event":"a","data":NaN}""")]
    [InlineData("""{"type":"event","event":"a","data":01}""")]
    [InlineData("""{"type":"event","event":"a","data":"\x41"}""")]
    [InlineData("""{"type":"event","event":"a"}{"type":"event","event":"b"}""")]
    [InlineData("{\"type\":\"event\",\"event\":\"a\"}\n{\"type\":\"event\",\"event\":\"b\"}")]
    [InlineData("""{"type":"event","event":"a"} x""")]
    [InlineData("""{"type":"event","event":"a"}]""")]
    [InlineData("""{"type":"event","event":"a"},""")]
    [InlineData("""{"type":"event","event":"a"}/**/""")]
    [InlineData("""[1,2""")]
    [InlineData("{\"type\":\"event\",\"event\":\"a\"}\0")]
    [InlineData("{\"type\":\"event\",\"event\":\"a\nb\"}")]
    [InlineData("\ufeff{\"type\":\"event\",\"event\":\"a\"}")]
    public void What_is_not_one_JSON_value_is_a_parse_error(string json) => Assert.Equal((int)IpcErrorCode.ParseError, Refused(json).Code);

    [Theory]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("\"event\"")]
    [InlineData("[]")]
    [InlineData("[{\"type\":\"event\",\"event\":\"a\"}]")]
    [InlineData("{}")]
    [InlineData("""{"id":"1"}""")]
    [InlineData("""{"type":null,"event":"a"}""")]
    [InlineData("""{"type":1,"event":"a"}""")]
    [InlineData("""{"type":["event"],"event":"a"}""")]
    [InlineData("""{"type":"event"}""")]
    [InlineData("""{"type":"event","event":null}""")]
    [InlineData("""{"type":"event","event":""}""")]
    [InlineData("""{"type":"event","event":1}""")]
    [InlineData("""{"type":"event","event":{"a":1}}""")]
    [InlineData("""{"type":"event","method":"a"}""")]
    [InlineData("""{"type":"request","id":"1"}""")]
    [InlineData("""{"type":"request","id":"1","event":"a"}""")]
    [InlineData("""{"type":"request","id":"1","method":""}""")]
    [InlineData("""{"type":"request","id":"1","method":null}""")]
    [InlineData("""{"type":"request","id":"1","method":null,"event":"a"}""")]
    [InlineData("""{"type":"request","method":"a"}""")]
    [InlineData("""{"type":"request","id":null,"method":"a"}""")]
    [InlineData("""{"type":"request","id":1,"method":"a"}""")]
    [InlineData("""{"type":"request","id":{},"method":"a"}""")]
    [InlineData("""{"type":"response"}""")]
    [InlineData("""{"type":"response","id":null}""")]
    [InlineData("""{"type":"next"}""")]
    [InlineData("""{"type":"done"}""")]
    [InlineData("""{"type":"cancel"}""")]
    [InlineData("""{"type":"event","type":"event","event":"a"}""")]
    [InlineData("""{"type":"event","\u0074ype":"request","event":"a"}""")]
    [InlineData("""{"type":"request","id":"1","id":"2","method":"a"}""")]
    [InlineData("""{"type":"request","id":"1","method":"a","method":"b"}""")]
    [InlineData("""{"type":"event","event":"a","event":"b"}""")]
    [InlineData("""{"type":"event","event":"a","data":1,"data":2}""")]
    [InlineData("""{"type":"response","id":"1","error":{},"error":{}}""")]
    [InlineData("""{"type":"request","id":"1","method":"a","credit":1,"credit":2}""")]
    [InlineData("""{"type":"request","id":"1","method":"a","credit":0}""")]
    [InlineData("""{"type":"request","id":"1","method":"a","credit":-1}""")]
    [InlineData("""{"type":"request","id":"1","method":"a","credit":1025}""")]
    [InlineData("""{"type":"request","id":"1","method":"a","credit":99999999999}""")]
    [InlineData("""{"type":"request","id":"1","method":"a","credit":1.5}""")]
    [InlineData("""{"type":"request","id":"1","method":"a","credit":"1"}""")]
    [InlineData("""{"type":"request","id":"1","method":"a","credit":null}""")]
    [InlineData("""{"type":"request","id":"1","method":"a","credit":[1]}""")]
    [InlineData("""{"type":"response","id":"1","error":"no"}""")]
    [InlineData("""{"type":"response","id":"1","error":[]}""")]
    [InlineData("""{"type":"response","id":"1","error":{"code":"1"}}""")]
    [InlineData("""{"type":"response","id":"1","error":{"code":1.5}}""")]
    [InlineData("""{"type":"response","id":"1","error":{"code":{"a":[1,2]},"message":"m"}}""")]
    [InlineData("""{"type":"response","id":"1","error":{"code":99999999999}}""")]
    [InlineData("""{"type":"response","id":"1","error":{"message":1}}""")]
    [InlineData("""{"type":"response","id":"1","error":{"message":null}}""")]
    public void JSON_that_is_no_message_is_an_invalid_request(string json) => Assert.Equal((int)IpcErrorCode.InvalidRequest, Refused(json).Code);

    [Theory]
    [InlineData("request", IpcMessageKind.Request)]
    [InlineData("response", IpcMessageKind.Response)]
    [InlineData("event", IpcMessageKind.Event)]
    [InlineData("ping", IpcMessageKind.Ping)]
    [InlineData("pong", IpcMessageKind.Pong)]
    [InlineData("data", IpcMessageKind.Data)]
    [InlineData("ready", IpcMessageKind.Ready)]
    [InlineData("cancel", IpcMessageKind.Cancel)]
    [InlineData("next", IpcMessageKind.Next)]
    [InlineData("done", IpcMessageKind.Done)]
    [InlineData("credit", IpcMessageKind.Credit)]
    [InlineData("Request", IpcMessageKind.Unknown)]
    [InlineData("", IpcMessageKind.Unknown)]
    [InlineData("unknown", IpcMessageKind.Unknown)]
    public void The_type_is_the_kind(string type, IpcMessageKind kind) =>
        Assert.Equal(kind, Accepted($$"""{"type":"{{type}}","id":"1","method":"m","event":"e"}""").Kind);

    [Fact]
    public void Members_may_stand_in_any_order_with_white_space_and_escapes()
    {
        var message = Accepted("\t{ \"data\" : [ 1 , {\"a\":null} ] ,\r \"m\\u0065thod\":\"gr\\u0065et\",\"id\":\"\\u0037\", \"credit\":5, \"type\":\"\\u0072equest\" } ");

        Assert.Equal(IpcMessageKind.Request, message.Kind);
        Assert.Equal(new IpcId(7), message.Id);
        Assert.Equal("greet", message.Name);
        Assert.Equal(5, message.Credit);
        Assert.Equal("""[ 1 , {"a":null} ]""", Text(message.Data));
    }

    // What forwards a message by its method must see the one that the handler sees.
    [Theory]
    [InlineData("""{"type":"request","id":"1","method":"m","event":"e"}""", "m")]
    [InlineData("""{"type":"request","id":"1","event":"e","method":"m"}""", "m")]
    [InlineData("""{"type":"event","method":"m","event":"e"}""", "e")]
    [InlineData("""{"type":"event","event":"e","method":"m"}""", "e")]
    public void A_request_is_named_by_its_method_and_an_event_by_its_event(string json, string name) => Assert.Equal(name, Accepted(json).Name);

    [Fact]
    public void Unknown_members_are_kept_in_the_raw_message()
    {
        const string Json = """{"type":"event","future":{"type":"request","id":["x"]},"event":"a","":1,"":2}""";

        Assert.Equal(Json, Text(Accepted(Json).Raw));
        Assert.Equal("a", Accepted(Json).Name);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\udfff\":\"\\ud83d\",\"\\ud800\":1}")]
    [InlineData("{\"a\":1,\"a\":2,\"__proto__\":{}}")]
    [InlineData("1e999")]
    [InlineData("-0.0")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("\"\\u0000\\u2028\u2028\u007f😀\"")]
    public void Data_stays_as_it_was_written(string data)
    {
        Assert.Equal(data, Text(Accepted($$"""{"type":"event","event":"a","data":{{data}}}""").Data));
        Assert.Equal(data, Text(Accepted($$"""{"data": {{data}} ,"type":"event","event":"a"}""").Data));
    }

    [Fact]
    public void A_missing_payload_is_empty() => Assert.True(Accepted(Event).Data.IsEmpty);

    [Fact]
    public void Depth_is_accepted_up_to_the_limit()
    {
        var limits = new IpcLimits { MaxDepth = 10 };

        Accepted(Nested(9, "data"), limits);
        Accepted(Nested(9, "other"), limits);
        Assert.Equal((int)IpcErrorCode.ParseError, Refused(Nested(10, "data"), limits).Code);
        Assert.Equal((int)IpcErrorCode.ParseError, Refused(Nested(10, "other"), limits).Code);
        Assert.Equal((int)IpcErrorCode.ParseError, Refused(Nested(10_000, "data")).Code);
    }

    [Fact]
    public void Size_is_accepted_up_to_the_limit()
    {
        Accepted(Event, new IpcLimits { MaxMessageBytes = Event.Length });

        var error = Refused(Event, new IpcLimits { MaxMessageBytes = Event.Length - 1 });
        Assert.Equal((int)IpcErrorCode.PayloadTooLarge, error.Code);
    }

    [Theory]
    [InlineData(0xff)]
    [InlineData(0x80)]
    [InlineData(0xc0)]
    [InlineData(0xf8)]
    public void Text_that_is_not_UTF8_is_a_parse_error_wherever_it_stands(byte wrong)
    {
        foreach (var json in new[] { """{"type":"event","event":"?"}""", """{"type":"event","event":"a","data":"?"}""", """{"type":"event","event":"a","?":1}""", """{"type":"?"}""" })
        {
            var utf8 = Utf8(json);
            utf8[Array.IndexOf(utf8, (byte)'?')] = wrong;

            Assert.Equal((int)IpcErrorCode.ParseError, Refused(utf8, out _).Code);
        }
    }

    [Theory]
    [InlineData("""{"type":"event","event":"\ud800"}""")]
    [InlineData("""{"type":"request","id":"1","method":"a\udc00"}""")]
    [InlineData("""{"type":"request","id":"\ud800","method":"a"}""")]
    public void A_name_that_is_no_text_is_refused(string json) => Assert.Equal((int)IpcErrorCode.ParseError, Refused(json).Code);

    [Fact]
    public void Names_are_bounded_in_bytes()
    {
        Accepted($$"""{"type":"event","event":"{{new string('a', 256)}}"}""");
        Accepted($$"""{"type":"event","event":"{{new string('é', 128)}}"}""");

        Assert.Equal((int)IpcErrorCode.InvalidRequest, Refused($$"""{"type":"event","event":"{{new string('a', 257)}}"}""").Code);
        Assert.Equal((int)IpcErrorCode.InvalidRequest, Refused($$"""{"type":"event","event":"{{new string('é', 129)}}"}""").Code);
    }

    [Fact]
    public void Ids_are_bounded_in_bytes()
    {
        Accepted($$"""{"type":"cancel","id":"{{new string('a', 128)}}"}""");

        Assert.Equal((int)IpcErrorCode.InvalidRequest, Refused($$"""{"type":"cancel","id":"{{new string('a', 129)}}"}""").Code);
    }

    [Fact]
    public void A_refused_message_has_its_kind_and_its_id_where_they_were_found()
    {
        Refused(Utf8("""{"type":"request","id":"7","method":""}"""), out var message);

        Assert.Equal(new IpcId(7), message.Id);
        Assert.Equal(IpcMessageKind.Request, message.Kind);
    }

    [Fact]
    public void An_error_may_leave_out_anything()
    {
        Assert.Equal(new IpcError(IpcErrorCode.InternalError, ""), Accepted("""{"type":"response","id":"1","error":{}}""").Error);
        Assert.Null(Accepted("""{"type":"response","id":"1","error":null}""").Error);

        var full = Accepted("""{"type":"response","id":"1","error":{"x":[{"code":9}],"data":{"a":[1]},"message":"m\u00e9","code":-5}}""").Error!;
        Assert.Equal((-5, "mé", """{"a":[1]}"""), (full.Code, full.Message, Text(full.Data)));
    }

    [Fact]
    public void An_envelope_means_the_same_in_every_language()
    {
        var wrong = SharedCases.Of("envelopes.json").Where(static item =>
            EnvelopeReader.TryRead(Utf8((string)item["line"]!), IpcLimits.Default, out _, out var error) != (item["code"] is null) || error?.Code != (int?)item["code"]);

        Assert.Empty(wrong.Select(static item => item.ToJsonString()));
    }

    private static string Nested(int levels, string member) =>
        new StringBuilder("""{"type":"event","event":"a",""").Append('"').Append(member).Append("\":").Append('[', levels).Append(']', levels).Append('}').ToString();
}
