using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("find", (string? text, int? limit, Options? options, double? scale = null) => text ?? "");
    }
}

public sealed record Options(bool IsDeep);
