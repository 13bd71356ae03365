using Oriel;

[Commands]
public sealed class Bad
{
    [Command]
    public int Add(int a) => a;

    [Command]
    public int Add(int a, int b) => a + b;

    [Command]
    public Task<int> AddAsync() => Task.FromResult(1);
}
