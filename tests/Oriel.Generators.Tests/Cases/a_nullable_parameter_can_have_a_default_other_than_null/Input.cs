using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("lambda", (int? depth = 3, DayOfWeek? day = DayOfWeek.Monday, decimal? price = 9.99m, char? mark = 'x', double? scale = double.NaN, bool? trim = true, int? none = null) => 1);
        app.Commands.Map("local", Local);
        app.Commands.Map("method", Method);

        static int Local(long? size = -1, float? part = 0.5f) => 1;
    }

    private static int Method(DayOfWeek? day = DayOfWeek.Friday) => 1;
}
