using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        const string Name = "constant";
        app.Commands.Map(handler: (int a) => a, name: Name);
        app.Commands.Map("options", (int a) => a, new CommandOptions { Description = "Another." });
        app?.Commands.Map("conditional", static int (int a) => a);
        app!.Commands.Map("delegate", delegate(int a) { return a; });
    }
}
