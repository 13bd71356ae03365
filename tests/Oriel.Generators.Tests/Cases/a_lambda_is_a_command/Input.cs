using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("greet", (string name) => $"Hello, {name}");
    }
}
