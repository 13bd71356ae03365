using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("oriel.mine", (int a) => a);
    }
}
