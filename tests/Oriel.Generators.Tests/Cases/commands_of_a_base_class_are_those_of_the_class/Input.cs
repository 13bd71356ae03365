using Oriel;

public abstract class Base<T>
{
    [Command]
    public T? First(T[] items) => items.Length > 0 ? items[0] : default;

    [Command("size")]
    public abstract int Count(T[] items);
}

[Commands]
public sealed class Numbers : Base<int>
{
    public override int Count(int[] items) => items.Length;
}
