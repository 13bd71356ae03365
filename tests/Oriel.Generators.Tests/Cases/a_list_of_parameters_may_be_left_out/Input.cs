using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("sum", (string name, params int[] numbers) => numbers.Sum());
        app.Expose(Join);
    }

    private static string Join(params List<string> parts) => string.Concat(parts);
}
