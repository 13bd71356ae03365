using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map<Files>();
        app.Commands.Map("local", Local);

        static async void Local() => await Task.Yield();
    }
}

[Commands]
public sealed class Files
{
    [Command]
    public async void Save() => await Task.Yield();

    [Command]
    public async Task SaveAll() => await Task.Yield();
}
