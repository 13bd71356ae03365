using System.Text.Json.Serialization;

record Odd(int @event, int URL, int IOError, int XCoordinate, int _private, int Ünlaut, [property: JsonPropertyName("new\nline \"quoted\"")] string Text);

static class Uses { public static Odd Get() => null!; }
