using System.Text.Json;

namespace Oriel.Generators.Tests.Capabilities;

/// <summary>The schema that editors use says what the generator takes.</summary>
public sealed class CapabilitySchemaTests
{
    [Fact]
    public void The_schema_and_the_generator_know_the_same_members()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Join(AppContext.BaseDirectory, "oriel.capabilities.schema.json")));
        var root = schema.RootElement;
        var capability = root.GetProperty("properties").GetProperty("capabilities").GetProperty("additionalProperties");
        var grant = root.GetProperty("properties").GetProperty("grants").GetProperty("items");

        Assert.Equal(Names(root), Offered("""{"?":1}"""));
        Assert.Equal(Names(capability), Offered("""{"capabilities":{"a":{"?":1}}}"""));
        Assert.Equal(Names(grant), Offered("""{"grants":[{"capabilities":[],"?":1}]}"""));
    }

    private static IEnumerable<string> Names(JsonElement schema)
    {
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
        return schema.GetProperty("properties").EnumerateObject().Select(static member => member.Name).Order(StringComparer.Ordinal);
    }

    // The members that the error about an unknown one lists.
    private static IEnumerable<string> Offered(string json)
    {
        var message = Assert.Single(new CapabilityRun(json).Result.Diagnostics).GetMessage(null);
        return message[(message.LastIndexOf(':') + 1)..].Split(',', StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal);
    }
}
