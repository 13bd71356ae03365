using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("work", async (IProgress<Step> progress, int steps) =>
        {
            await Task.Yield();
            progress.Report(new Step(steps, "done"));
            return steps;
        });
    }
}

public readonly record struct Step(int Number, string Text);
