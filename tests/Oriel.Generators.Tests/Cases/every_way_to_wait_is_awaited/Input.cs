using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("nothing", () => { });
        app.Commands.Map("value", () => 1);
        app.Commands.Map("task", async () => await Task.Yield());
        app.Commands.Map("taskOf", Task<int> (int a) => Task.FromResult(a));
        app.Commands.Map("valueTask", ValueTask () => ValueTask.CompletedTask);
        app.Commands.Map("valueTaskOf", ValueTask<string?> () => ValueTask.FromResult<string?>(null));
    }
}
