using Oriel;

public sealed class Bad
{
    [Command]
    public int Add(int a) => a;
}
