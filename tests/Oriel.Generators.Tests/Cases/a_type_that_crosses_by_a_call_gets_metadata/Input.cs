using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        Publish(new Note("a"));
        Publish<List<Note>>([]);

        static void Publish<[BridgeType] T>(T value) => _ = value;
    }
}

public sealed record Note(string Text);
