using System.Text.Json;
using System.Text.Json.Nodes;

static class Uses
{
    public static void Texts(string s, char c, Guid id, Uri uri, Version version, DateTime at, DateTimeOffset when, DateOnly day, TimeOnly time, TimeSpan span) { }
    public static void Numbers(sbyte a, byte b, short c, ushort d, int e, uint f, long g, ulong h, float i, double j, decimal k, Half l) { }
    public static void Others(bool flag, object any, JsonElement element, JsonNode node, JsonObject obj, JsonArray array, JsonDocument document) { }
}
