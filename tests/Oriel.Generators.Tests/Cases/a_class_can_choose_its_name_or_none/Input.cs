using Oriel;

[Commands("scan")]
public sealed class FileScans
{
    [Command]
    public int Count() => 1;
}

[Commands("")]
public sealed class Plain
{
    [Command]
    public int Total() => 1;
}
