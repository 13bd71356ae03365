using Oriel;

[Commands]
public static class Static
{
    [Command]
    public static int A() => 1;
}

[Commands]
public abstract class Abstract
{
    [Command]
    public int A() => 1;
}

[Commands]
public sealed class Generic<T>
{
    [Command]
    public T? A() => default;
}

public sealed class Outer
{
    [Commands]
    private sealed class Private
    {
        [Command]
        public int A() => 1;
    }
}
