using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Expose((int a) => a);
    }
}
