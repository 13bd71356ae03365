using Oriel;

[Commands]
public sealed unsafe class Bad
{
    [Command]
    public void ByRef(ref int a) => a = 1;

    [Command]
    public void Out(out int a) => a = 1;

    [Command]
    public void In(in int a) => _ = a;

    [Command]
    public void Pointer(int* a) => _ = a;

    [Command]
    public int Span(Span<int> a) => a.Length;

    [Command]
    public Span<int> Result() => default;
}
