namespace Oriel.Build.Tests;

public sealed class TypeParserTests
{
    private static readonly TypePrinter Printer = new(ManifestParser.Parse("""{"version":1,"types":[{"name":"Page","kind":"object","typeParameters":["T"]},{"name":"User","kind":"object"}]}"""));

    [Theory]
    [InlineData("string")]
    [InlineData("string | null")]
    [InlineData("(string | null)[]")]
    [InlineData("readonly string[]")]
    [InlineData("(readonly string[])[]")]
    [InlineData("Record<string, Page<User>[]>")]
    [InlineData("[string, number | null]")]
    [InlineData("\"a\" | \"b \\\" c\" | -1.5")]
    [InlineData("{ readonly a?: string; \"b-c\": { d: number } }")]
    [InlineData("{ readonly: string }")]
    [InlineData("{ [key: string]: number }")]
    [InlineData("{ kind: \"a\" } & User")]
    [InlineData("\"a\\nb\" | \"\\t\\r\"")]
    [InlineData("{}")]
    public void A_type_is_written_as_it_was_read(string type)
    {
        Assert.Equal(type, Printer.Print(TypeParser.Parse(type, "here"), "here"));
    }

    [Fact]
    public void A_text_is_read_as_JSON_quotes_it()
    {
        var literal = Assert.IsType<LiteralType>(TypeParser.Parse("\"a\\nb\\u0041\\\\\"", "here"));

        Assert.Equal("a\nbA\\", literal.Literal.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("string;")]
    [InlineData("string }")]
    [InlineData("string> = evil(); //")]
    [InlineData("string\nexport const evil = 1")]
    [InlineData("typeof globalThis")]
    [InlineData("import(\"fs\")")]
    [InlineData("() => void")]
    [InlineData("a.b")]
    [InlineData("`text`")]
    [InlineData("\"open")]
    [InlineData("\"\\q\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("\"\\")]
    [InlineData("[string")]
    [InlineData("string[")]
    [InlineData("string[0]")]
    [InlineData("{ a string }")]
    [InlineData("{ a: string")]
    [InlineData("string |")]
    [InlineData("1.2.3")]
    [InlineData("-")]
    public void What_is_no_type_is_refused(string text)
    {
        Assert.Contains("here", Assert.Throws<ManifestException>(() => TypeParser.Parse(text, "here")).Message);
    }

    [Theory]
    [InlineData("Unknown", "does not describe")]
    [InlineData("Page", "0 type arguments; it has 1")]
    [InlineData("Record<string>", "1 type arguments; it has 2")]
    [InlineData("User<string>", "1 type arguments; it has 0")]
    public void A_name_that_stands_for_nothing_is_refused(string type, string message)
    {
        Assert.Contains(message, Assert.Throws<ManifestException>(() => Printer.Print(TypeParser.Parse(type, "here"), "here")).Message);
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("Page<", ">")]
    [InlineData("{ a: ", "}")]
    public void Nesting_is_bounded(string open, string close)
    {
        var type = string.Concat(Enumerable.Repeat(open, 1000)) + "string" + string.Concat(Enumerable.Repeat(close, 1000));

        Assert.Contains("levels deep", Assert.Throws<ManifestException>(() => TypeParser.Parse(type, "here")).Message);
    }
}
