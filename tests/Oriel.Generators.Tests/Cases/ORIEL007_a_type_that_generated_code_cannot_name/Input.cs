using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("a", (Hidden hidden) => 1);
        app.Commands.Map("b", () => new { A = 1 });
        app.Commands.Map("c", (List<Hidden> hidden) => 1);
    }

    private sealed record Hidden(int A);
}
