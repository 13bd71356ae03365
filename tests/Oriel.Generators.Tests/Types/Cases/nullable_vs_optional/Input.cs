using System.Text.Json.Serialization;

/// <param name="NullableRequired">Has to be there, and may be null.</param>
record Query(string Required, string? NullableRequired, string Optional = "x", string? Both = null)
{
    public string Settable { get; set; } = "";
    public string? NullableSettable { get; init; }
    public required string RequiredMember { get; set; }
    public int Computed => 1;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? LeftOut { get; init; }
}

static class Uses { public static Query Find(Query query) => query; }
