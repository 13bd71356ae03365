using System.Text.Json.Serialization;

/// <summary>A color.</summary>
enum Color
{
    /// <summary>Like a rose.</summary>
    Red,
    DarkGreen,
    RGB,

    [JsonStringEnumMemberName("sky-blue")]
    Blue,
}

/// <summary>What is allowed.</summary>
[Flags]
enum Access : long { None = 0, Read = 1, Write = 2, All = 3 }

[JsonConverter(typeof(JsonStringEnumConverter))]
enum AsNamed { FirstOne, SecondOne }

[JsonConverter(typeof(JsonNumberEnumConverter<Numbered>))]
enum Numbered : sbyte { MinusOne = -1, One = 1 }

static class Uses { public static Access Paint(Color color, Color? maybe, AsNamed named, Numbered numbered) => 0; }
