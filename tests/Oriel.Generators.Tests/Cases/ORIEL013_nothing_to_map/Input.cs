using Oriel;

public static class Program
{
    public static void AddTo<T>(OrielApp app, T value)
        where T : class
    {
        app.Commands.Map<T>();
        app.Commands.Map(new Empty());
        app.Expose(value);
        app.Expose(new Empty());
    }
}

public sealed class Empty;
