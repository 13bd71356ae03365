using Microsoft.CodeAnalysis;

namespace Oriel.Generators.Tests.Capabilities;

/// <summary>What is wrong with a file is told at its place, and nothing is compiled in then.</summary>
public sealed class CapabilityDiagnosticTests
{
    [Theory]
    [InlineData("", "ORIEL201", "")]
    [InlineData("{", "ORIEL201", "")]
    [InlineData("{} x", "ORIEL201", "x")]
    [InlineData("{\"grants\":[],}", "ORIEL201", "}")]
    [InlineData("// no\n{}", "ORIEL201", "/")]
    [InlineData("{'grants':[]}", "ORIEL201", "'")]
    [InlineData("{\"grants\":[01]}", "ORIEL201", "1")]
    [InlineData("{\"grants\":[1.]}", "ORIEL201", "]")]
    [InlineData("{\"grants\":[tru]}", "ORIEL201", "]")]
    [InlineData("{\"grants\":\"a\\x\"}", "ORIEL201", "x")]
    [InlineData("{\"grants\":\"a\\u12g4\"}", "ORIEL201", "g")]
    [InlineData("{\"grants\":\"a\nb\"}", "ORIEL201", "\n")]
    [InlineData("{\"grants\":\"a\0\"}", "ORIEL201", "\0")]
    [InlineData("\uFEFF\uFEFF{}", "ORIEL201", "\uFEFF")]
    [InlineData("[]", "ORIEL202", "[]")]
    [InlineData("{\"grant\":[]}", "ORIEL202", "\"grant\"")]
    [InlineData("{\"Grants\":[]}", "ORIEL202", "\"Grants\"")]
    [InlineData("{\"__proto__\":{}}", "ORIEL202", "\"__proto__\"")]
    [InlineData("{\"$schema\":1}", "ORIEL202", "1")]
    [InlineData("{\"capabilities\":[]}", "ORIEL202", "[]")]
    [InlineData("{\"capabilities\":{\"a\":[]}}", "ORIEL202", "[]")]
    [InlineData("{\"capabilities\":{\"a\":{\"command\":[]}}}", "ORIEL202", "\"command\"")]
    [InlineData("{\"capabilities\":{\"a\":{\"commands\":\"b\"}}}", "ORIEL202", "\"b\"")]
    [InlineData("{\"capabilities\":{\"a\":{\"events\":[1]}}}", "ORIEL202", "1")]
    [InlineData("{\"capabilities\":{\"a\":{\"states\":[null]}}}", "ORIEL202", "null")]
    [InlineData("{\"capabilities\":{\"a\":{\"description\":{}}}}", "ORIEL202", "{}")]
    [InlineData("{\"grants\":{}}", "ORIEL202", "{}")]
    [InlineData("{\"grants\":[3]}", "ORIEL202", "3")]
    [InlineData("{\"grants\":[{}]}", "ORIEL202", "{}")]
    [InlineData("{\"grants\":[{\"capabilities\":[],\"windows\":\"*\"}]}", "ORIEL202", "\"windows\"")]
    [InlineData("{\"grants\":[{\"capabilities\":[],\"origin\":null}]}", "ORIEL202", "null")]
    [InlineData("{\"grants\":[{\"capabilities\":[\"a\"]}]}", "ORIEL203", "\"a\"")]
    [InlineData("{\"capabilities\":{\"a\":{}},\"grants\":[{\"capabilities\":[\"A\"]}]}", "ORIEL203", "\"A\"")]
    [InlineData("{\"grants\":[{\"capabilities\":[],\"origin\":\"example.com\"}]}", "ORIEL204", "\"example.com\"")]
    [InlineData("{\"grants\":[{\"capabilities\":[],\"origin\":\"https://*.example.com\"}]}", "ORIEL204", "\"https://*.example.com\"")]
    [InlineData("{\"grants\":[{\"capabilities\":[],\"origin\":\"https://example.com/\"}]}", "ORIEL204", "\"https://example.com/\"")]
    [InlineData("{\"grants\":[{\"capabilities\":[],\"origin\":\"https://a@example.com\"}]}", "ORIEL204", "\"https://a@example.com\"")]
    [InlineData("{\"grants\":[{\"capabilities\":[],\"origin\":\"null\"}]}", "ORIEL204", "\"null\"")]
    [InlineData("{\"grants\":[{\"capabilities\":[],\"origin\":\"*\"}]}", "ORIEL204", "\"*\"")]
    [InlineData("{\"grants\":[{\"capabilities\":[],\"origin\":\"\"}]}", "ORIEL204", "\"\"")]
    [InlineData("{\"capabilities\":{\"a\":{},\"a\":{}}}", "ORIEL205", "\"a\"")]
    [InlineData("{\"capabilities\":{\"a\":{},\"\\u0061\":{}}}", "ORIEL205", "\"\\u0061\"")]
    [InlineData("{\"grants\":[],\"grants\":[]}", "ORIEL205", "\"grants\"")]
    [InlineData("{\"capabilities\":{\"a\":{\"events\":[\"*\",\"*\"]}}}", "ORIEL205", "\"*\"")]
    [InlineData("{\"capabilities\":{\"a b\":{}}}", "ORIEL206", "\"a b\"")]
    [InlineData("{\"capabilities\":{\"\":{}}}", "ORIEL206", "\"\"")]
    [InlineData("{\"capabilities\":{\"\u0430\":{}}}", "ORIEL206", "\"\u0430\"")]
    [InlineData("{\"grants\":[{\"capabilities\":[],\"window\":\"*\"}]}", "ORIEL206", "\"*\"")]
    [InlineData("{\"capabilities\":{\"a\":{\"events\":[\"x*\"]}}}", "ORIEL206", "\"x*\"")]
    [InlineData("{\"capabilities\":{\"a\":{\"events\":[\"*.x\"]}}}", "ORIEL206", "\"*.x\"")]
    [InlineData("{\"capabilities\":{\"a\":{\"events\":[\"\"]}}}", "ORIEL206", "\"\"")]
    [InlineData("{\"capabilities\":{\"a\":{\"events\":[\"a\\u0000\"]}}}", "ORIEL206", "\"a\\u0000\"")]
    public void A_mistake_is_shown_where_it_is(string json, string id, string at)
    {
        var run = new CapabilityRun(json);

        // A name that does not fit is not found in the code either, which is a hint.
        Assert.Equal([(id, at)], run.Found.Where(static found => found.Id != "ORIEL207"));
        Assert.Null(run.Source);
    }

    [Fact]
    public void The_place_has_the_file_and_the_line()
    {
        var found = Assert.Single(new CapabilityRun("{\n  \"grants\": [\n    { \"capabilities\": [\"a\"] }\n  ]\n}").Result.Diagnostics);

        var place = found.Location.GetLineSpan();
        Assert.Equal(("/project/oriel.capabilities.json", 2, 23, DiagnosticSeverity.Error), (place.Path, place.StartLinePosition.Line, place.StartLinePosition.Character, found.Severity));
    }

    [Fact]
    public void Two_files_cannot_define_the_same()
    {
        var run = new CapabilityRun([("/project/oriel.capabilities.json", """{"capabilities":{"a":{}}}"""), ("/other/oriel.capabilities.json", """{"capabilities":{"a":{}}}""")]);

        Assert.Equal([("ORIEL205", "\"a\"")], run.Found);
    }

    [Fact]
    public void A_file_is_bounded_in_depth_and_size()
    {
        Assert.Equal("ORIEL201", Assert.Single(new CapabilityRun(new string('[', 100_000)).Found).Id);
        Assert.Equal("ORIEL201", Assert.Single(new CapabilityRun("{}" + new string(' ', 300_000)).Found).Id);
        Assert.Empty(new CapabilityRun("{}" + new string(' ', 200_000)).Found);
    }

    [Fact]
    public void No_mutation_of_a_file_ends_the_compiler()
    {
        const string Json = """{"$schema":"x","capabilities":{"files":{"commands":["scans.*","gr\u00fcn"],"events":["a"],"states":["b"],"stateWrites":["c"]}},"grants":[{"origin":"https://example.com","window":"main","capabilities":["files"]}]}""";
        const string Letters = "{}[]\",:\\ua0*.-1e\0\u0430\ud800 ";
        var random = new Random(7);

        for (var i = 0; i < 1_000; i++)
        {
            var text = Json.ToCharArray().ToList();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                var at = random.Next(text.Count);
                switch (random.Next(3))
                {
                    case 0:
                        text.RemoveAt(at);
                        break;
                    case 1:
                        text.Insert(at, Letters[random.Next(Letters.Length)]);
                        break;
                    default:
                        text[at] = Letters[random.Next(Letters.Length)];
                        break;
                }
            }

            var mutated = string.Concat(text);
            var node = Oriel.Generators.Capabilities.JsonText.Read(mutated, out _, out _);

            // The platform's own reader is the measure. It refuses lone surrogates, which are JSON.
            if (!mutated.Contains('\ud800') && !mutated.Contains("\\u", StringComparison.Ordinal))
            {
                Assert.Equal(IsJson(mutated), node is not null);
            }

            if (i % 20 == 0)
            {
                Assert.Null(Assert.Single(new CapabilityRun(mutated).Result.Results).Exception);
            }
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = System.Text.Json.JsonDocument.Parse(text);
            return true;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }
}
