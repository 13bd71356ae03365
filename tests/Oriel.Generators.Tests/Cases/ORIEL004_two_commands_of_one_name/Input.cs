using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("a", (int x) => x);
        app.Commands.Map("a", (string x) => x);
        app.Commands.Map("same", (int x) => x);
        app.Commands.Map("same", (int x) => x + 1);
    }
}
