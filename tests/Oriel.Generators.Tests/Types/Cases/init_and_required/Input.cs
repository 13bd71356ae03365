class Options
{
    public required string Name { get; init; }
    public required int Count { get; set; }
    public int Depth { get; init; } = 3;
    public string Greeting => "Hello";
    public int PrivateSet { get; private set; }
}

struct Size
{
    public required int Width { get; init; }
    public int Height { get; init; }
}

static class Uses { public static Size Measure(Options options) => default; }
