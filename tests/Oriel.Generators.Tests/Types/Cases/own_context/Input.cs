using System.Text.Json.Serialization;

using System.Text.Json;

[JsonSerializable(typeof(Covered))]
internal partial class Context : JsonSerializerContext
{
    public Context() : base(null) { }
    protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
    public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
}

record Covered(int[,] Grid, Inner Inner, Type Type);

record Inner(string Text);

record Free(Covered Covered);

static class Uses { public static Covered Get(Free free) => null!; }
