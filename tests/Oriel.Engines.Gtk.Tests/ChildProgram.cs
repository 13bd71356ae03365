using System.Buffers;
using Oriel.Testing;

namespace Oriel.Engines.Gtk.Tests;

/// <summary>What the tests run in a process of its own: on standard output it tells what happened.</summary>
internal static class ChildProgram
{
    private const string Html = "<!doctype html><title>Child</title><style>body { background: #123456 }</style><body>Hello";

    public static int Run(string scenario) => scenario switch
    {
        "app" => RunApp(new GtkEngineOptions()),
        "app-4.0" => RunApp(new GtkEngineOptions { WebKit = WebKitGeneration.V40 }),
        "beside" => RunBesideAsync().GetAwaiter().GetResult(),
        _ => throw new ArgumentException($"There is no scenario {scenario}."),
    };

    // An ordinary program: two windows, calls, events, and an end by the last window.
    private static int RunApp(GtkEngineOptions options)
    {
        try
        {
            using var app = new OrielAppBuilder(() => new GtkEngine(options)).Build();
            AddTo(app);

            var window = app.CreateWindow();
            window.DocumentReady += async (_, _) =>
            {
                Console.WriteLine(await window.EvaluateAsync("return await oriel.invoke('echo', 'called')"));
                await window.EmitAsync("news", "1"u8.ToArray());
                var second = app.CreateWindow();
                await second.WhenReadyAsync();
                await second.EvaluateAsync("return await oriel.invoke('echo', 'called')");
                second.Close();
                window.Close();
            };
            return app.Run();
        }
        catch (Exception exception)
        {
            Console.WriteLine($"{exception.GetType().Name}: {exception.Message}");
            return 3;
        }
    }

    // The UI thread is not the process's first.
    private static async Task<int> RunBesideAsync()
    {
        await using (var host = await AppHost.StartAsync(static () => new GtkEngine(), setup: AddTo))
        {
            var window = await host.OpenReadyAsync();
            Console.WriteLine(await window.EvaluateAsync("return await oriel.invoke('echo', 'called')"));

            window.Close();
            while (Processes.Web().Count > 0)
            {
                await Task.Delay(10);
            }
        }

        return 0;
    }

    private static void AddTo(OrielApp app)
    {
        app.Assets.AddText("index.html", Html);
        app.Commands.MapRaw("echo", static context =>
        {
            context.Result.Write(context.Arguments.Span);
            return ValueTask.CompletedTask;
        });
    }
}
