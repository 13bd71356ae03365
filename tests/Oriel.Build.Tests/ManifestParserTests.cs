namespace Oriel.Build.Tests;

public sealed class ManifestParserTests
{
    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "$ is a list where an object is expected")]
    [InlineData("{}", "$.version is missing")]
    [InlineData("""{"version":2}""", "reads version 1")]
    [InlineData("""{"version":1,"commands":{}}""", "$.commands is an object where a list is expected")]
    [InlineData("""{"version":1,"commands":[1]}""", "$.commands[0] is a number where an object is expected")]
    [InlineData("""{"version":1,"commands":[{"name":"a","result":"string"}]}""", "$.commands[0].kind is missing")]
    [InlineData("""{"version":1,"commands":[{"name":"a","kind":"push","result":"string"}]}""", "\"push\"")]
    [InlineData("""{"version":1,"commands":[{"name":"","kind":"call","result":"string"}]}""", "has no name")]
    [InlineData("""{"version":1,"commands":[{"name":"a","kind":"call"}]}""", "the command \"a\".result is missing")]
    [InlineData("""{"version":1,"commands":[{"name":"a","kind":"call","result":"string;"}]}""", "the command \"a\".result: \"string;\" is not a type")]
    [InlineData("""{"version":1,"commands":[{"name":"a","kind":"call","result":"void"},{"name":"a","kind":"call","result":"void"}]}""", "\"a\" is there twice")]
    [InlineData("""{"version":1,"commands":[{"name":"a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q","kind":"call","result":"void"}]}""", "namespaces")]
    [InlineData("""{"version":1,"commands":[{"name":"\ud800","kind":"call","result":"void"}]}""", "not valid Unicode")]
    [InlineData("""{"version":1,"types":[{"name":"A","kind":"class"}]}""", "\"class\"")]
    [InlineData("""{"version":1,"types":[{"name":"A { } evil()","kind":"object"}]}""", "no name of a type")]
    [InlineData("""{"version":1,"types":[{"name":"A","kind":"enum","values":[{"name":"x","value":1e3}]}]}""", "not a plain number")]
    [InlineData("""{"version":1,"types":[{"name":"A","kind":"enum","values":[{"name":"x","value":1},{"name":"y","value":"y"}]}]}""", "texts and numbers")]
    [InlineData("""{"version":1,"types":[{"name":"A","kind":"object","properties":[{"name":"x","type":"string","optional":1}]}]}""", "true or false is expected")]
    public void A_manifest_that_is_wrong_is_refused_where_it_is_wrong(string text, string message)
    {
        Assert.Contains(message, Assert.Throws<ManifestException>(() => ManifestParser.Parse(text)).Message);
    }

    [Fact]
    public void Nesting_counts_and_texts_are_bounded()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 100_000));
        var many = string.Join(',', Enumerable.Repeat("0", ManifestLimits.Commands + 1));
        var name = new string('a', ManifestLimits.NameCharacters + 1);

        Assert.Throws<ManifestException>(() => ManifestParser.Parse(deep));
        Assert.Contains("items", Assert.Throws<ManifestException>(() => ManifestParser.Parse($$"""{"version":1,"commands":[{{many}}]}""")).Message);
        Assert.Contains("characters", Assert.Throws<ManifestException>(() => ManifestParser.Parse($$"""{"version":1,"events":[{"name":"{{name}}","type":"null"}]}""")).Message);
    }

    [Fact]
    public void What_a_later_generator_adds_is_passed_over()
    {
        var manifest = ManifestParser.Parse("""{"version":1,"commands":[{"name":"a","kind":"call","result":"void","cost":3}],"more":{}}""");

        Assert.Equal("a", Assert.Single(manifest.Commands).Name);
    }
}
