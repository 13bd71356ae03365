using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("a", (IProgress<int> progress) => Count());

        static async IAsyncEnumerable<int> Count()
        {
            await Task.Yield();
            yield return 1;
        }
    }
}
