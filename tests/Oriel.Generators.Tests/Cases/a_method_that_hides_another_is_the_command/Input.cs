using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Expose(new Derived());
    }
}

public class Base
{
    public int A(int number) => number;

    public int B() => 1;
}

public sealed class Derived : Base
{
    public new string A(int number) => $"{number}";
}
