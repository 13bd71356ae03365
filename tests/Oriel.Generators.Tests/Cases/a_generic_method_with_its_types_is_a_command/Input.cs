using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("number", Echo<int>);
        app.Commands.Map("texts", Echo<List<string>>);

        static T Echo<T>(T value) => value;
    }
}
