using static Oriel.Ipc.Tests.Envelope;

namespace Oriel.Ipc.Tests;

public sealed class EnvelopeWriterTests
{
    public static TheoryData<IpcMessageKind> Kinds => [.. Enum.GetValues<IpcMessageKind>().Where(static kind => kind != IpcMessageKind.Unknown)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_message_of_every_kind_comes_back_as_it_went(IpcMessageKind kind)
    {
        var message = new IpcMessage { Kind = kind, Id = new IpcId("a\"b"), Name = kind is IpcMessageKind.Request or IpcMessageKind.Event ? "näme \"x\"" : "", Data = Utf8("""{"a":[1,"\n"]}"""), Credit = 1_024 };

        var read = Accepted(Write(message));

        Assert.Equal((message.Kind, message.Id, message.Name, message.Credit), (read.Kind, read.Id, read.Name, read.Credit));
        Assert.Equal(Text(message.Data), Text(read.Data));
    }

    [Fact]
    public void An_error_comes_back_as_it_went()
    {
        var error = Accepted(Write(IpcMessage.Failure(new IpcId(1), new IpcError(int.MinValue, "line\nline \u2028 \0 \"", Utf8("[null]"))))).Error!;

        Assert.Equal((int.MinValue, "line\nline \u2028 \0 \"", "[null]"), (error.Code, error.Message, Text(error.Data)));
    }

    [Fact]
    public void No_payload_is_null() => Assert.Equal("""{"type":"response","id":"1","data":null}""", Write(IpcMessage.Response(new IpcId(1), default)));

    [Theory]
    [InlineData("\n")]
    [InlineData("{\n}")]
    [InlineData("1\n{\"type\":\"request\",\"id\":\"1\",\"method\":\"evil\"}")]
    public void A_raw_line_feed_in_a_payload_is_refused(string data)
    {
        Assert.Equal(IpcErrorCode.InvalidRequest, Assert.Throws<IpcException>(() => Write(IpcMessage.Event("a", Utf8(data)))).Code);
        Assert.Equal(IpcErrorCode.InvalidRequest, Assert.Throws<IpcException>(() => Write(IpcMessage.Failure(new IpcId(1), new IpcError(1, "m", Utf8(data))))).Code);
    }

    [Fact]
    public void No_text_that_is_written_makes_a_second_line()
    {
        var odd = string.Concat(Enumerable.Range(0, 0x300).Select(static c => (char)c));
        var line = Write(IpcMessage.Failure(new IpcId(odd), new IpcError(1, odd)));

        Assert.DoesNotContain("\n", line, StringComparison.Ordinal);
    }

    // An exception's text may cut a pair in half: its caller still has to be answered.
    [Fact]
    public void Half_a_surrogate_pair_in_a_text_is_replaced()
    {
        Assert.Equal("a\ufffdb", Accepted(Write(IpcMessage.Failure(new IpcId(1), new IpcError(1, "a\ud800b")))).Error!.Message);
        Assert.Equal("\ufffd", Accepted(Write(IpcMessage.Event("\udc00", default))).Name);
    }

    [Fact]
    public void A_message_of_unknown_kind_cannot_be_written() => Assert.Throws<ArgumentOutOfRangeException>(() => Write(default));
}
