using System.Buffers;
using System.Text;

namespace Oriel.Ipc.Tests;

public sealed class IpcIdTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    [InlineData("123456789012345678", 123456789012345678)]
    [InlineData("1234567890123456789", 1234567890123456789)]
    [InlineData("9223372036854775806", long.MaxValue - 1)]
    public void A_canonical_number_is_a_number(string text, long number)
    {
        var id = Read(text);

        Assert.True(id.TryGetNumber(out var read));
        Assert.Equal(number, read);
        Assert.Equal(new IpcId(number), id);
        Assert.Equal(new IpcId(number).GetHashCode(), id.GetHashCode());
        Assert.Equal($"\"{text}\"", Json(id));
    }

    [Theory]
    [InlineData("007")]
    [InlineData("00")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("1_000")]
    [InlineData("9223372036854775807")]
    [InlineData("9999999999999999999")]
    [InlineData("12345678901234567890")]
    [InlineData("١٢")]
    [InlineData("")]
    [InlineData("a\"\\\n\u2028é😀")]
    public void Any_other_text_is_kept_letter_by_letter(string text)
    {
        var id = Read(text);

        Assert.False(id.IsNone);
        Assert.False(id.TryGetNumber(out _));
        Assert.Equal(text, id.ToString());
        Assert.Equal(new IpcId(text), id);
        Assert.Equal(text, System.Text.Json.JsonDocument.Parse(Json(id)).RootElement.GetString());
    }

    [Fact]
    public void Ids_that_look_alike_differ()
    {
        Assert.NotEqual(new IpcId(7), new IpcId("07"));
        Assert.NotEqual(new IpcId("a"), new IpcId("A"));
        Assert.NotEqual(default, new IpcId(""));
        Assert.NotEqual(default, new IpcId(0));
        Assert.True(new IpcId(7) == new IpcId("7"));
        Assert.True(new IpcId(7) != default);
    }

    [Fact]
    public void No_id_is_no_number()
    {
        Assert.True(default(IpcId).IsNone);
        Assert.False(default(IpcId).TryGetNumber(out _));
        Assert.Equal("", default(IpcId).ToString());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void A_number_that_cannot_be_kept_is_refused(long number) => Assert.Throws<ArgumentOutOfRangeException>(() => new IpcId(number));

    // By both ways in which an id comes to be: they have to agree.
    private static IpcId Read(string text)
    {
        var id = IpcId.FromUtf8(Encoding.UTF8.GetBytes(text));
        Assert.Equal(new IpcId(text), id);
        return id;
    }

    private static string Json(IpcId id)
    {
        var output = new ArrayBufferWriter<byte>();
        id.WriteJson(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
