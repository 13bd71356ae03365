using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("walk", () => new Walk());
    }
}

public sealed class Walk : IAsyncEnumerable<int>
{
    public async IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        yield return 1;
    }
}
