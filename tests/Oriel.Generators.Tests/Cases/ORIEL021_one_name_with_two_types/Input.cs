#pragma warning disable CS4014
using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Events.EmitAsync("progress", 0.5);
        app.Events.EmitAsync("progress", "half");
        app.Events.EmitAsync("progress", 0.7);
        app.Events.On("progress", (Window window, bool isDone) => _ = (window, isDone));
        app.State("state", 1);
        app.State("state", "a");
    }
}
