using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map<Two>();
        app.Commands.Map<None>();
    }
}

[Commands]
public sealed class Two
{
    public Two()
    {
    }

    public Two(int number) => _ = number;

    [Command]
    public int A() => 1;
}

[Commands]
public sealed class None
{
    private None()
    {
    }

    [Command]
    public int A() => 1;
}
