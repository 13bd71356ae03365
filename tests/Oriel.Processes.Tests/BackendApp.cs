using Oriel.Testing;

namespace Oriel.Processes.Tests;

/// <summary>An application with a page and, as a rule, a back end.</summary>
internal sealed class BackendApp : IAsyncDisposable
{
    private readonly AppHost _host;

    private BackendApp(AppHost host, HeadlessPage page, RecordedLog log)
    {
        _host = host;
        Page = page;
        Log = log;
    }

    public OrielApp App => _host.App;

    public HeadlessPage Page { get; }

    public RecordedLog Log { get; }

    public static async Task<BackendApp> StartAsync(Action<OrielApp>? setup = null, TimeSpan? exitTimeout = null)
    {
        var log = new RecordedLog();
        var host = await AppHost.StartAsync(static () => new HeadlessEngine(), builder =>
        {
            builder.ConfigureLogging(log.Configure);
            builder.Options = builder.Options with { ExitTimeout = exitTimeout ?? builder.Options.ExitTimeout };
        }, app =>
        {
            app.Assets.AddText("index.html", "<!doctype html><title>Page</title>");
            setup?.Invoke(app);
        });
        return new BackendApp(host, await host.OpenPageAsync().InTime(), log);
    }

    /// <summary>With a back end that is ready.</summary>
    public static async Task<(BackendApp App, ProcessBackend Backend)> StartAsync(ProcessBackendOptions options)
    {
        var app = await StartAsync();
        var backend = app.App.Backends.Add(new ProcessBackend(options));
        await backend.StartAsync().InTime();
        return (app, backend);
    }

    public Task<string> CallAsync(string name, string? arguments = null) => Page.InvokeAsync(name, arguments).InTime();

    public Task<HeadlessPage> OpenPageAsync() => _host.OpenPageAsync().InTime();

    /// <summary>Waits until a back end is in a state.</summary>
    public static async Task ReachesAsync(ProcessBackend backend, BackendState state)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        backend.StateChanged += (_, change) =>
        {
            if (change.Status.State == state)
            {
                reached.TrySetResult();
            }
        };

        if (backend.Status.State != state)
        {
            await reached.Task.InTime();
        }
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
