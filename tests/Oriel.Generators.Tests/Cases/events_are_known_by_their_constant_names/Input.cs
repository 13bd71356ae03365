#pragma warning disable CS4014
using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Events.EmitAsync("progress", 0.5);
        app.Events.EmitAsync("saved", new Note("a"));
        app.Events.On("note", (Window window, Note? note) => _ = (window, note));
        app.Events.EmitAsync(DateTime.Now.ToString(), 1);
    }
}

public sealed record Note(string Text);
