#pragma warning disable CS4014
using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Events.EmitAsync("shot", new byte[1]);
        app.Events.On("sent", (Window window, Shot? shot) => _ = (window, shot));
        app.State("shot", new Shot([]));
        app.State(DateTime.Now.ToString(), new Shot([]));
    }
}

public sealed record Shot(byte[] Content);
