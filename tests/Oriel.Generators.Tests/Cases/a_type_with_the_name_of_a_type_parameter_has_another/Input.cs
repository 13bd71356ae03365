using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("open", () => new Box<int>(1, new Q.T("a")));
    }
}

public sealed record Box<T>(T V, Q.T W);

public static class Q
{
    public sealed record T(string Text);
}
