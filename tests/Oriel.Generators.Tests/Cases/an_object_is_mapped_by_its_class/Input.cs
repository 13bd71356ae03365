using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app) => app.Commands.Map(new Scans(3));
}

[Commands]
internal sealed class Scans
{
    private readonly int _number;

    public Scans(int number) => _number = number;

    public Scans(string text) => _number = text.Length;

    [Command]
    internal int Number() => _number;
}
