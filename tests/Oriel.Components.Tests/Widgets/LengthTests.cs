using Oriel.Components.Widgets;

namespace Oriel.Components.Tests.Widgets;

public sealed class LengthTests
{
    [Theory]
    [InlineData("12px")]
    [InlineData("1.5rem")]
    [InlineData("-3%")]
    [InlineData("2fr")]
    public void A_length_is_a_number_and_its_unit(string text) => Assert.Equal(text, Length.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("px")]
    [InlineData("1px; color: red")]
    [InlineData("calc(1px)")]
    [InlineData("url(x)px")]
    [InlineData("1,5px")]
    [InlineData("NaNpx")]
    [InlineData("1e5px")]
    public void Anything_else_is_refused(string text) => Assert.Throws<FormatException>(() => Length.Parse(text));

    [Fact]
    public void No_length_is_no_number() => Assert.Throws<ArgumentOutOfRangeException>(() => Length.Pixels(double.NaN));
}
