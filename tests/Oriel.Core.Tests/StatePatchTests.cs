using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Oriel.Ipc;

namespace Oriel.Tests;

public sealed class StatePatchTests
{
    private const string Value = """{"name":"Ada","items":[{"n":1},{"n":2}],"a/b":{"~":1},"__proto__":{"x":1},"":0}""";

    [Theory]
    [InlineData("""[{"op":"replace","path":"/name","value":"Grace"}]""", "/name", "\"Grace\"")]
    [InlineData("""[{"op":"replace","path":"/items/1/n","value":3}]""", "/items", """[{"n":1},{"n":3}]""")]
    [InlineData("""[{"op":"add","path":"/items/0","value":0}]""", "/items", """[0,{"n":1},{"n":2}]""")]
    [InlineData("""[{"op":"add","path":"/items/2","value":3}]""", "/items", """[{"n":1},{"n":2},3]""")]
    [InlineData("""[{"op":"add","path":"/items/-","value":null}]""", "/items", """[{"n":1},{"n":2},null]""")]
    [InlineData("""[{"op":"remove","path":"/items/0"},{"op":"remove","path":"/items/0"}]""", "/items", "[]")]
    [InlineData("""[{"op":"replace","path":"/a~1b/~0","value":2}]""", "/a~1b", """{"~":2}""")]
    [InlineData("""[{"op":"add","path":"/__proto__/y","value":2}]""", "/__proto__", """{"x":1,"y":2}""")]
    [InlineData("""[{"op":"replace","path":"/","value":9}]""", "/", "9")]
    [InlineData("""[{"op":"add","path":"","value":{"name":1}}]""", "/name", "1")]
    public void An_operation_changes_what_its_path_points_to(string patch, string path, string expected)
    {
        using var result = JsonDocument.Parse(Apply(patch));

        var name = path[1..].Replace("~1", "/", StringComparison.Ordinal);
        Assert.Equal(expected, result.RootElement.GetProperty(name).GetRawText());
    }

    [Theory]
    [InlineData("""{"op":"replace","path":"/missing","value":1}""")]
    [InlineData("""{"op":"remove","path":"/missing"}""")]
    [InlineData("""{"op":"add","path":"/missing/deeper","value":1}""")]
    [InlineData("""{"op":"add","path":"/items/3","value":1}""")]
    [InlineData("""{"op":"replace","path":"/items/2","value":1}""")]
    [InlineData("""{"op":"replace","path":"/items/-","value":1}""")]
    [InlineData("""{"op":"replace","path":"/items/01","value":1}""")]
    [InlineData("""{"op":"replace","path":"/items/+1","value":1}""")]
    [InlineData("""{"op":"replace","path":"/items/1e0","value":1}""")]
    [InlineData("""{"op":"replace","path":"/items/99999999999999999999","value":1}""")]
    [InlineData("""{"op":"replace","path":"/name/0","value":1}""")]
    [InlineData("""{"op":"replace","path":"name","value":1}""")]
    [InlineData("""{"op":"remove","path":""}""")]
    [InlineData("""{"op":"replace","path":"/name"}""")]
    [InlineData("""{"op":"move","path":"/name","from":"/a"}""")]
    [InlineData("""{"op":"test","path":"/name","value":"Ada"}""")]
    [InlineData("""{"path":"/name","value":1}""")]
    [InlineData("""{"op":"replace","value":1}""")]
    [InlineData("""{"op":1,"path":"/name","value":1}""")]
    [InlineData("""{"op":"replace","path":"/\ud800","value":1}""")]
    [InlineData("1")]
    [InlineData("null")]
    public void An_operation_that_does_not_fit_is_refused_and_named(string operation)
    {
        var exception = Assert.Throws<IpcException>(() => Apply($$"""[{"op":"replace","path":"/name","value":"Grace"},{{operation}}]"""));

        Assert.Equal(IpcErrorCode.InvalidParams, exception.Code);
        Assert.Equal("""{"path":"$.patch[1]"}""", Encoding.UTF8.GetString(exception.Error.Data.Span));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("\"replace\"")]
    public void What_is_no_patch_is_refused(string patch) => Assert.Equal(IpcErrorCode.InvalidParams, Assert.Throws<IpcException>(() => Apply(patch)).Code);

    [Fact]
    public void A_patch_is_bounded_in_operations_and_a_path_in_length_and_depth()
    {
        static string Of(int count, string path) => $"[{string.Join(',', Enumerable.Repeat($$"""{"op":"replace","path":"{{path}}","value":1}""", count))}]";

        Apply(Of(1_024, "/name"));
        Assert.Contains("1,024", Assert.Throws<IpcException>(() => Apply(Of(1_025, "/name"))).Message, StringComparison.Ordinal);
        Assert.Throws<IpcException>(() => Apply(Of(1, $"/{new string('x', 10_000)}")));
        Assert.Throws<IpcException>(() => Apply(Of(1, string.Concat(Enumerable.Repeat("/a", 200)))));
    }

    [Fact]
    public void A_difference_is_sent_as_a_patch_when_it_is_clearly_smaller()
    {
        var before = Json(Enumerable.Range(0, 1_000).Select(static i => $$"""{"id":{{i}},"text":"item {{i}}"}"""));
        var now = before.Replace("item 500", "ITEM", StringComparison.Ordinal);

        Assert.Equal("""[{"op":"replace","path":"/500/text","value":"ITEM"}]""", Encoding.UTF8.GetString(Diff(before, now)));
    }

    [Fact]
    public void An_item_that_is_put_in_or_taken_out_in_the_middle_is_one_operation()
    {
        var items = Enumerable.Range(0, 1_000).Select(static i => $"\"item {i}\"").ToList();
        var before = Json(items);
        items.Insert(400, "\"new\"");
        var now = Json(items);

        Assert.Equal("""[{"op":"add","path":"/400","value":"new"}]""", Encoding.UTF8.GetString(Diff(before, now)));
        Assert.Equal("""[{"op":"remove","path":"/400"}]""", Encoding.UTF8.GetString(Diff(now, before)));
    }

    [Fact]
    public void A_difference_that_saves_little_or_costs_much_to_find_is_none()
    {
        var small = "{\"a\":1}";
        var numbers = Json(Enumerable.Range(0, 2_000).Select(static i => $"{i}"));
        var others = Json(Enumerable.Range(0, 2_000).Select(static i => $"{i + 1_000_000}"));
        var many = Json(Enumerable.Repeat("\"some text that is the same in both\",1", 1_000));
        var few = many.Replace("1", "2", StringComparison.Ordinal);

        Assert.Empty(Diff(small, "{\"a\":2}"));
        Assert.Empty(Diff(numbers, others));
        Assert.Empty(Diff(many, few));
        Assert.Empty(Diff(numbers, $"{{\"a\":{numbers}}}"));
    }

    [Fact]
    public void Applying_a_difference_gives_the_newer_value()
    {
        var random = new Random(4);
        var patches = 0;
        for (var i = 0; i < 2_000; i++)
        {
            var before = Node(random, 4)!;
            var now = before.DeepClone();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                Mutate(random, now);
            }

            // Of one serializer, as a state's values are.
            var (first, second) = ($"[{Filler},{before.ToJsonString()}]", $"[{Filler},{now.ToJsonString()}]");
            var patch = Diff(first, second);
            if (patch.Length == 0)
            {
                continue;
            }

            patches++;
            using var document = JsonDocument.Parse(patch);
            var applied = StatePatch.Apply("test", Encoding.UTF8.GetBytes(first), document.RootElement);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(second), JsonNode.Parse(applied)), $"{first} -> {second} by {Encoding.UTF8.GetString(patch)}");
        }

        Assert.True(patches > 1_000, $"Only {patches} patches.");
    }

    private static string Filler { get; } = $"\"{new string('x', 2_000)}\"";

    private static JsonNode? Node(Random random, int depth)
    {
        switch (random.Next(depth > 0 ? 5 : 3))
        {
            case 0:
                return depth == 4 ? new JsonArray() : null;
            case 1:
                return JsonValue.Create(random.Next(100));
            case 2:
                return JsonValue.Create($"text/{random.Next(100)}~");
            case 3:
                return new JsonArray([.. Enumerable.Range(0, random.Next(6)).Select(_ => Node(random, depth - 1))]);
            default:
                return new JsonObject(Enumerable.Range(0, random.Next(6)).Select(i => KeyValuePair.Create($"k{i}/~", Node(random, depth - 1))));
        }
    }

    private static void Mutate(Random random, JsonNode? node)
    {
        switch (node)
        {
            case JsonArray { Count: > 0 } items when random.Next(3) > 0 && items[random.Next(items.Count)] is { } inner and (JsonArray or JsonObject):
                Mutate(random, inner);
                break;
            case JsonArray items when items.Count == 0 || random.Next(2) == 0:
                items.Insert(random.Next(items.Count + 1), Node(random, 2));
                break;
            case JsonArray items:
                items.RemoveAt(random.Next(items.Count));
                break;
            case JsonObject { Count: > 0 } members when random.Next(2) > 0:
                var name = members.ElementAt(random.Next(members.Count)).Key;
                if (members[name] is JsonArray or JsonObject && random.Next(3) > 0)
                {
                    Mutate(random, members[name]);
                }
                else if (random.Next(2) == 0)
                {
                    members.Remove(name);
                }
                else
                {
                    members[name] = Node(random, 2);
                }

                break;
            case JsonObject members:
                members[$"new{random.Next(10)}"] = Node(random, 2);
                break;
        }
    }

    private static string Json(IEnumerable<string> items) => $"[{string.Join(',', items)}]";

    private static byte[] Diff(string before, string now) => StateDiff.Compare(Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(now));

    private static byte[] Apply(string patch)
    {
        using var document = JsonDocument.Parse(patch);
        return StatePatch.Apply("test", Encoding.UTF8.GetBytes(Value), document.RootElement);
    }
}
