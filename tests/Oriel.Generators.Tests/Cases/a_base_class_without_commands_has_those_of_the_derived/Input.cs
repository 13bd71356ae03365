using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map<Derived>();
    }
}

public class Base
{
    [Command]
    public int A() => 1;
}

[Commands]
public sealed class Derived : Base;
