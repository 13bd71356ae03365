using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        var name = DateTime.Now.ToString();
        app.Commands.Map(name, (int x) => x);
    }
}
