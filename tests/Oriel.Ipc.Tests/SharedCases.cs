using System.Text.Json.Nodes;

namespace Oriel.Ipc.Tests;

/// <summary>Tables of cases that the tests of every language read (tests/ipc).</summary>
internal static class SharedCases
{
    public static IEnumerable<JsonObject> Of(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "assets", "ipc", name)))!.AsArray().Select(static node => node!.AsObject());
}
