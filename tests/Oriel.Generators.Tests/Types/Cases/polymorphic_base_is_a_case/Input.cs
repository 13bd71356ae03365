using System.Text.Json.Serialization;

[JsonDerivedType(typeof(Item), "item")]
[JsonDerivedType(typeof(Folder), "folder")]
class Item
{
    public required string Name { get; init; }
}

class Folder : Item
{
    public List<Item> Items { get; init; } = [];
}

[JsonDerivedType(typeof(Loud))]
class Plain
{
    public int Volume { get; set; }
}

class Loud : Plain
{
    public bool IsVeryLoud { get; set; }
}

static class Uses { public static Item Open(Plain plain) => null!; }
