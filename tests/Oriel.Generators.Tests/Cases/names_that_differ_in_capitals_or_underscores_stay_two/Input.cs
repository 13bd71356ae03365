#pragma warning disable CS8981
using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map<Scans>();
        app.Commands.Map<scans>();
        app.Commands.Map<A.B_C>();
        app.Commands.Map<A_B.C>();
    }
}

[Commands("one")]
public sealed class Scans
{
    [Command]
    public int A() => 1;
}

[Commands("two")]
public sealed class scans
{
    [Command]
    public int A() => 2;
}

namespace A
{
    [Commands("three")]
    public sealed class B_C
    {
        [Command]
        public int A() => 3;
    }
}

namespace A_B
{
    [Commands("four")]
    public sealed class C
    {
        [Command]
        public int A() => 4;
    }
}
