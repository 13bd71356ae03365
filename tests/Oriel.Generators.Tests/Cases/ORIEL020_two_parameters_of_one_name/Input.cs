using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("two", (string _, int _) => 1);
        app.Commands.Map("one", (string text, Window _, CancellationToken _) => 1);
        app.Commands.Map("alone", (string _) => 1);
    }
}
