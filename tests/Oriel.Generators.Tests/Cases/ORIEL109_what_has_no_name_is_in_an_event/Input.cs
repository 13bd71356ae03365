#pragma warning disable CS4014
using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Events.EmitAsync("progress", new { Done = 1 });
        app.Events.EmitAsync("all", new List<Hidden>());
        app.State("box", new Box<Hidden>());
    }
}

internal sealed class Box<T>;

file sealed record Hidden(int A);
