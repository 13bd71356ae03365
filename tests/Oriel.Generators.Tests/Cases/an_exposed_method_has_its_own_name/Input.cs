using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Expose(LoadAllAsync);
        app.Expose("other", (int a) => a);
    }

    private static Task<int> LoadAllAsync(string path) => Task.FromResult(path.Length);
}
