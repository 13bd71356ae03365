using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("twice", Twice);

        static int Twice(int number) => number * 2;
    }
}
