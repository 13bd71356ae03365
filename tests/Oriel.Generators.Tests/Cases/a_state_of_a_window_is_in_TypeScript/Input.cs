using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        var window = app.Windows.First();
        window.State("panel", new Panel(1));
        window.State("title", "a", new StateOptions { IsWritable = true });
    }
}

public sealed record Panel(int Width);
