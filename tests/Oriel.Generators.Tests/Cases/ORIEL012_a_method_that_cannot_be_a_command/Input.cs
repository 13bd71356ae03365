using Oriel;

[Commands]
public class Bad
{
    [Command]
    private int Private() => 1;

    [Command]
    protected int Protected() => 1;
}
