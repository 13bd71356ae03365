using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("sum", (string a, int b, long c, double d, bool e, int? f, long? g, double? h, bool? i) => b);
    }
}
