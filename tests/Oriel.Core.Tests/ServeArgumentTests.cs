namespace Oriel.Core.Tests;

public sealed class ServeArgumentTests
{
    [Theory]
    [InlineData("")]
    [InlineData("serve http://127.0.0.1:1")]
    [InlineData("--server")]
    public void Without_the_argument_a_program_has_windows(string arguments) => Assert.Null(ServeArgument.Find(arguments.Split(' ')));

    [Theory]
    [InlineData("--serve", null)]
    [InlineData("--serve notes.txt", null)]
    [InlineData("a --serve http://127.0.0.1:5005", "http://127.0.0.1:5005/")]
    [InlineData("--serve=http://[::1]:0", "http://[::1]:0/")]
    public void The_address_is_what_follows(string arguments, string? address) => Assert.Equal(address, ServeArgument.Find(arguments.Split(' '))!.Address?.AbsoluteUri);

    [Theory]
    [InlineData("--serve=")]
    [InlineData("--serve=5005")]
    [InlineData("--serve=https://127.0.0.1:5005")]
    [InlineData("--serve=http://127.0.0.1:5005/path")]
    [InlineData("--serve=http://user@127.0.0.1:5005")]
    public void What_cannot_be_served_is_refused_with_an_example(string argument) =>
        Assert.Contains("http://127.0.0.1:5005", Assert.Throws<ArgumentException>(() => ServeArgument.Find([argument])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_program_without_components_cannot_be_served()
    {
        var builder = new OrielAppBuilder(static () => throw new NotSupportedException(), preload: null, ["--serve"]);

        Assert.Contains("AddComponents", Assert.Throws<InvalidOperationException>(builder.Build).Message, StringComparison.Ordinal);
    }
}
