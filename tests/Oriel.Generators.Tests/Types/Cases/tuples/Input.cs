static class Uses
{
    public static (int Min, int Max) Range(ValueTuple<int> one, (string Name, (int X, int? Y) Point) nested) => default;
    public static Tuple<int, string> Class(KeyValuePair<string, int[]> pair) => null!;
    public static List<(string, int)> Pairs() => [];
}
