using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        Func<int> handler = () => 1;
        app.Commands.Map("a", handler);
        app.Commands.Map("b", Make());
        Action<string, Delegate, CommandOptions?> map = app.Commands.Map;
        _ = nameof(app.Commands.Map);

        static Delegate Make() => () => 1;
    }
}
