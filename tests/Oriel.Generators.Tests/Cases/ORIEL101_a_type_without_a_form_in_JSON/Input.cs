using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("a", (System.Reflection.MethodInfo method) => 1);
    }
}
