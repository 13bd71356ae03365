record struct Point(int X, int Y);

static class Uses
{
    public static string? Text(string? text, int? number, Point? point, object? anything) => text;
    public static void Both(List<string> never, List<string?> sometimes, string[] none, string?[] some) { }
    public static List<string?>? List(int?[] numbers, Dictionary<string, Point?> points, (int? A, string? B) pair) => null;
}
