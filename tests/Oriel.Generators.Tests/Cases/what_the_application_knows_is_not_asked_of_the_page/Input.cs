using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("all", (Window window, OrielApp app, CommandContext context, IServiceProvider services, int own, CancellationToken cancel = default) => window.Id + own);
    }
}
