using Oriel.Security;

namespace Oriel.Tests;

public sealed class NamePatternTests
{
    [Theory]
    [InlineData("greet", "greet", true)]
    [InlineData("greet", "Greet", false)]
    [InlineData("greet", "greet2", false)]
    [InlineData("greet", "gree", false)]
    [InlineData("greet", "gr\u0435et", false)]
    [InlineData("é", "e\u0301", false)]
    [InlineData("scans.*", "scans.walk", true)]
    [InlineData("scans.*", "scans.deep.walk", true)]
    [InlineData("scans.*", "scans.", false)]
    [InlineData("scans.*", "scans", false)]
    [InlineData("scans.*", "scansx.walk", false)]
    [InlineData("scans.*", "sc\u0430ns.walk", false)]
    [InlineData("scans.*", "scans\uFF0Ewalk", false)]
    [InlineData("scans.*", "x.scans.walk", false)]
    [InlineData("scans.deep.*", "scans.walk", false)]
    [InlineData("plugin:math|*", "plugin:math|add", true)]
    [InlineData("plugin:math|*", "plugin:mathx|add", false)]
    [InlineData("*", "anything", true)]
    [InlineData("*", "__proto__", true)]
    [InlineData("*", "oriel.window.close", false)]
    [InlineData("*", "oriel.state.set", false)]
    [InlineData("*", "oriel:state", false)]
    [InlineData("*", "orielx.mine", true)]
    [InlineData("oriel.*", "oriel.window.close", true)]
    [InlineData("oriel.window.*", "oriel.window.close", true)]
    [InlineData("oriel.window.*", "oriel.state.set", false)]
    [InlineData("oriel.window.close", "oriel.window.close", true)]
    [InlineData("greet", "__proto__", false)]
    [InlineData("greet", "constructor", false)]
    [InlineData("greet", "*", false)]
    [InlineData("scans.*", "scans.*", true)]
    public void A_pattern_covers_what_it_says_letter_by_letter(string pattern, string name, bool isCovered) =>
        Assert.Equal(isCovered, new NamePatterns([pattern]).Covers(name));

    [Fact]
    public void Among_many_patterns_each_is_found()
    {
        var patterns = new NamePatterns(Enumerable.Range(0, 1_000).SelectMany(static i => (string[])[$"one{i}", $"many{i}.*"]));

        Assert.All(Enumerable.Range(0, 1_000), i => Assert.True(patterns.Covers($"one{i}") && patterns.Covers($"many{i}.x.y") && !patterns.Covers($"many{i}")));
        Assert.False(patterns.Covers("one1000"));
        Assert.False(patterns.Covers(string.Concat(Enumerable.Repeat("a.", 128))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("scan*")]
    [InlineData("*.walk")]
    [InlineData("scans.*.walk")]
    [InlineData("scans.**")]
    [InlineData("**")]
    [InlineData("a\nb")]
    [InlineData("a\0")]
    public void What_is_no_pattern_is_refused(string pattern)
    {
        Assert.Throws<ArgumentException>(() => new CapabilitiesBuilder().Define("x", x => x.AllowCommands(pattern)));
        Assert.Throws<ArgumentException>(() => new CapabilitiesBuilder().Define("x", x => x.AllowStateWrites("fine", pattern)));
        Assert.Throws<ArgumentException>(() => CapabilityTable.Create([new CapabilityDefinition("x") { Events = [pattern] }], []));
    }

    [Fact]
    public void A_pattern_is_bounded_in_bytes()
    {
        CapabilityNames.CheckPattern(new string('é', 128));

        Assert.Throws<ArgumentException>(() => CapabilityNames.CheckPattern(new string('é', 129)));
    }
}
