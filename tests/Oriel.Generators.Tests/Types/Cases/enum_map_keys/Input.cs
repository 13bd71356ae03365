enum Color { Red, Green }

[Flags]
enum Access { Read = 1, Write = 2 }

static class Uses
{
    public static Dictionary<Color, int> Count(Dictionary<Access, string> access, IReadOnlyDictionary<Color, string[]> names) => [];
}
