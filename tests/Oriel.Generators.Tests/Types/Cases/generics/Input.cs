/// <summary>Some of all.</summary>
record Page<T>(IReadOnlyList<T> Items, int Total)
{
    /// <summary>The first, if there is one.</summary>
    public T? First { get; init; }

    public required T Last { get; init; }
}

record FileFound(string Path, long Size);

class Outer<T> where T : class
{
    public record struct Inner(T Value)
    {
        public int Number { get; init; }
    }
}

static class Uses
{
    public static Page<FileFound> Files(Page<string?> names, Page<Page<int>> pages) => null!;
    public static Outer<string>.Inner Inner() => default;
}
