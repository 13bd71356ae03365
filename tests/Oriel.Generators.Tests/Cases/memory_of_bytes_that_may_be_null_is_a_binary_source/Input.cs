using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("memory", (Memory<byte>? content, ReadOnlyMemory<byte>? other, byte[]? third) => 1);
    }
}
