using Oriel;

[Commands]
public sealed class Bad
{
    [Command]
    public T Echo<T>(T value) => value;
}
