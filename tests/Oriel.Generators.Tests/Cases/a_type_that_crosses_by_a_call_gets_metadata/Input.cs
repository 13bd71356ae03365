using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        Publish(new Note("a"));
        Publish<Tag?>(null);

        static void Publish<[BridgeType] T>(T value) => _ = value;
    }
}

public sealed record Note(string Text);

public readonly record struct Tag(int Number);
