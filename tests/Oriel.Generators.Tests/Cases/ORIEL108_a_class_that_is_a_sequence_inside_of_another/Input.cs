using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("later", () => Task.FromResult(new Walk()));
        app.Commands.Map("take", (Walk walk) => 1);
        app.Commands.Map("holds", () => new Holder(new Walk()));
    }
}

public sealed record Holder(Walk Walk);

public sealed class Walk : IAsyncEnumerable<int>
{
    public IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
