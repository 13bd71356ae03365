using System.Buffers;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
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
        // Time to paint on a busy machine. What is foreign is not reported however long it takes, and what never paints after any time.
        "paint-plain" => RunPainting(Html, paintSeconds: 6, isToPaint: true),
        "paint-foreign" => RunPainting(Html, paintSeconds: 1, isToPaint: true, "evil://site/"),
        "paint-never" => RunPainting("<!doctype html><script>const stop = Date.now() + 6000; while (Date.now() < stop);</script>", paintSeconds: 1, isToPaint: false),
        "paint-endless" => RunPainting("<!doctype html><link rel=stylesheet href='endless://x/'><body>Hello", paintSeconds: 1, isToPaint: false),
        "renderer" => RunRenderer(),
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

    // Tells when the window is shown, and what the engine reports. Ends when it has reported; where it must not, when it would have.
    private static int RunPainting(string html, int paintSeconds, bool isToPaint, string url = "index.html")
    {
        var options = new GtkEngineOptions { HiddenTimeout = TimeSpan.FromSeconds(0.1), PaintTimeout = TimeSpan.FromSeconds(paintSeconds) };
        var wouldHaveTold = options.PaintTimeout + TimeSpan.FromSeconds(1);
        var builder = new OrielAppBuilder(() => new GtkEngine(options));
        builder.ConfigureLogging(static logging => logging.AddProvider(new ErrorTeller()));
        builder.Options = builder.Options with { ContentSecurityPolicy = "default-src * 'unsafe-inline' endless:" };
        using var app = builder.Build();
        app.Assets.AddText("index.html", html);
        app.Protocols.Map("evil", _ => Protocols.ProtocolResponse.Text(html, "text/html"));
        app.Protocols.Map("endless", static _ => new Protocols.ProtocolResponse { ContentType = "text/css", Stream = new EndlessStream() });

        var window = app.CreateWindow(new WindowOptions { Url = url });
        window.Shown += (_, _) => Console.WriteLine("shown");
        _ = EndAsync();
        return app.Run();

        async Task EndAsync()
        {
            var started = Stopwatch.GetTimestamp();
            while (!ErrorTeller.HasTold && (!isToPaint || Stopwatch.GetElapsedTime(started) < wouldHaveTold))
            {
                await Task.Delay(50);
            }

            if (!ErrorTeller.HasTold)
            {
                Console.WriteLine("waited");
            }

            app.Quit();
        }
    }

    // What WebKit's own process was started with.
    private static int RunRenderer()
    {
        using var app = new OrielAppBuilder(static () => new GtkEngine()).Build();
        AddTo(app);
        app.CreateWindow().DocumentReady += (_, _) =>
        {
            var environment = File.ReadAllText($"/proc/{Processes.Web().Single()}/environ").Split('\0');
            Console.WriteLine(environment.Single(static entry => entry.StartsWith("WEBKIT_DISABLE_DMABUF_RENDERER=", StringComparison.Ordinal))[^1..]);
            app.Quit();
        };
        return app.Run();
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

    /// <summary>Writes the names of the exceptions that are logged.</summary>
    private sealed class ErrorTeller : ILoggerProvider, ILogger
    {
        public static bool HasTold { get; private set; }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Console.WriteLine(exception?.GetType().Name ?? formatter(state, exception));
            HasTold = true;
        }

        public void Dispose()
        {
        }
    }
}
