using System.Globalization;
using System.Text.RegularExpressions;
using Oriel.Components.Widgets;

namespace Oriel.Components.Tests.Widgets;

/// <summary>Reads the theme's colours, and computes what people with weak eyes see of its texts.</summary>
public sealed partial class ThemeTests
{
    private const double Enough = 4.5;

    // What a text can stand on when its own rule says nothing of it.
    private static readonly string[] s_grounds = ["--o-bg", "--o-surface"];

    private static readonly string s_css = ReadTheme();

    public static TheoryData<string, string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string, string>();
            foreach (Match rule in Rule().Matches(s_css))
            {
                if (Text().Match(rule.Groups["body"].Value) is { Success: true } text)
                {
                    var ground = Ground().Match(rule.Groups["body"].Value);
                    foreach (var name in ground.Success ? [ground.Groups[1].Value] : s_grounds)
                    {
                        pairs.Add(rule.Groups["selector"].Value.Trim().Split('\n')[0], text.Groups[1].Value, name);
                    }
                }
            }

            return pairs;
        }
    }

    [Fact]
    public void The_pairs_are_found() => Assert.True(Pairs.Count > 50);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_text_can_be_read_in_both_themes(string rule, string text, string ground)
    {
        var (lightText, darkText) = Colors(text);
        var (lightGround, darkGround) = Colors(ground);

        var (light, dark) = (Contrast(lightText, lightGround), Contrast(darkText, darkGround));

        Assert.True(light >= Enough && dark >= Enough, $"{rule}: {text} on {ground} has a contrast of {light:0.00} (light) and {dark:0.00} (dark).");
    }

    [Theory]
    [InlineData("--o-control-border")]
    [InlineData("--o-accent")]
    [InlineData("--o-link")]
    public void What_has_to_be_seen_stands_out(string color)
    {
        foreach (var ground in s_grounds)
        {
            Assert.True(Contrast(Colors(color).Light, Colors(ground).Light) >= 3);
            Assert.True(Contrast(Colors(color).Dark, Colors(ground).Dark) >= 3);
        }
    }

    [Fact]
    public void Colours_are_named_in_one_place() => Assert.Empty(
        Literal().Matches(Variables().Replace(Root().Replace(s_css, ""), "")).Select(static match => match.Value));

    [Fact]
    public void Nothing_is_loaded_from_elsewhere()
    {
        Assert.DoesNotContain("url(", s_css, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", s_css, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_variable_that_is_used_is_defined()
    {
        var defined = Definition().Matches(s_css).Select(static match => match.Groups[1].Value).ToHashSet();

        Assert.Empty(Use().Matches(s_css).Select(static match => match.Groups[1].Value).Where(name => !defined.Contains(name)).Distinct());
    }

    [Theory]
    [InlineData("prefers-reduced-motion: reduce")]
    [InlineData("forced-colors: active")]
    [InlineData("[data-theme=\"dark\"]")]
    [InlineData("[data-theme=\"light\"]")]
    [InlineData(":focus-visible")]
    public void The_wishes_of_people_are_heeded(string condition) => Assert.Contains(condition, s_css, StringComparison.Ordinal);

    private static ((int, int, int) Light, (int, int, int) Dark) Colors(string variable)
    {
        var match = Regex.Match(s_css, Regex.Escape(variable) + @":\s*light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\);");
        Assert.True(match.Success, $"{variable} is not written as light-dark(#rrggbb, #rrggbb).");
        return (Parse(match.Groups[1].Value), Parse(match.Groups[2].Value));
    }

    private static (int, int, int) Parse(string hex)
    {
        var rgb = int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (rgb >> 16, (rgb >> 8) & 255, rgb & 255);
    }

    // WCAG 2.2, relative luminance and contrast ratio.
    private static double Contrast((int, int, int) one, (int, int, int) other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance((int Red, int Green, int Blue) color) => (0.2126 * Linear(color.Red)) + (0.7152 * Linear(color.Green)) + (0.0722 * Linear(color.Blue));

    private static double Linear(int channel)
    {
        var value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    private static string ReadTheme()
    {
        using var stream = typeof(Widget).Assembly.GetManifestResourceStream("oriel/ui/theme.css")!;
        using var reader = new StreamReader(stream);
        return Comment().Replace(reader.ReadToEnd(), "");
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?<selector>[^{}]+)\{(?<body>[^{}]*)\}")]
    private static partial Regex Rule();

    [GeneratedRegex(@"(?<![\w-])color:\s*var\((--o-[\w-]+)\)")]
    private static partial Regex Text();

    [GeneratedRegex(@"(?<![\w-])background(?:-color)?:\s*var\((--o-[\w-]+)\)")]
    private static partial Regex Ground();

    [GeneratedRegex(@":root \{.*?\n\}", RegexOptions.Singleline)]
    private static partial Regex Root();

    [GeneratedRegex(@"var\(--o-[\w-]+\)")]
    private static partial Regex Variables();

    [GeneratedRegex(@"#[0-9a-fA-F]{3,8}\b|\brgb\(|\bhsl\(")]
    private static partial Regex Literal();

    [GeneratedRegex(@"(--o-[\w-]+):")]
    private static partial Regex Definition();

    [GeneratedRegex(@"var\((--o-[\w-]+)")]
    private static partial Regex Use();
}
