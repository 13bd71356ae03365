using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("a", (IProgress<int> one, IProgress<string> two) => 1);
    }
}
