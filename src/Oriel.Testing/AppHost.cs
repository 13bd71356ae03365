using Oriel.Engines;

namespace Oriel.Testing;

/// <summary>Runs an application on a UI thread of its own, beside the test that uses it.</summary>
/// <remarks>
/// The application lives until the host is disposed, however many windows come and go. An engine that a process can have only
/// once (GTK) is shared by making the host a fixture of the test assembly.
/// </remarks>
public sealed class AppHost : IAsyncDisposable
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AppHost(OrielApp app) => App = app;

    /// <summary>The application. Its engine has started.</summary>
    public OrielApp App { get; }

    /// <summary>Starts an application.</summary>
    /// <param name="engine">Creates the engine.</param>
    /// <param name="configure">Changes the builder before the application is built.</param>
    /// <param name="setup">Adds commands, assets and protocols before the engine starts; on the UI thread.</param>
    public static async Task<AppHost> StartAsync(Func<IEngine> engine, Action<OrielAppBuilder>? configure = null, Action<OrielApp>? setup = null)
    {
        ArgumentNullException.ThrowIfNull(engine);

        var builder = new OrielAppBuilder(engine);
        configure?.Invoke(builder);
        builder.Options = builder.Options with { QuitsWithLastWindow = false };
        var host = new AppHost(builder.Build());
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var thread = new Thread(() => host.Run(setup, started)) { IsBackground = true, Name = "UI" };
        thread.Start();
        await started.Task.ConfigureAwait(false);
        return host;
    }

    /// <summary>Opens a window.</summary>
    public Task<Window> OpenAsync(WindowOptions? options = null) => App.CreateWindowAsync(options);

    /// <summary>Opens a window and waits until its page has the bridge.</summary>
    public async Task<Window> OpenReadyAsync(WindowOptions? options = null, CancellationToken cancellationToken = default)
    {
        var window = await OpenAsync(options).ConfigureAwait(false);
        await window.WhenReadyAsync(cancellationToken).ConfigureAwait(false);
        return window;
    }

    /// <summary>Opens a window of a <see cref="HeadlessEngine"/> and waits until its page is loaded and has its bridge, if it gets one.</summary>
    /// <exception cref="InvalidOperationException">The page could not be loaded, or the engine is another one.</exception>
    public async Task<HeadlessPage> OpenPageAsync(WindowOptions? options = null, CancellationToken cancellationToken = default)
    {
        var window = await OpenAsync(options).ConfigureAwait(false);
        return await PageOfAsync(window, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The page that a window of a <see cref="HeadlessEngine"/> shows, once it is loaded.</summary>
    /// <exception cref="InvalidOperationException">The page could not be loaded, or the engine is another one.</exception>
    public async Task<HeadlessPage> PageOfAsync(Window window, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(window);

        var native = await App.Dispatcher.InvokeAsync(() => window.Native).ConfigureAwait(false);
        if (native is not HeadlessWindow headless)
        {
            throw new InvalidOperationException(native is null ? $"Window {window.Id} is closed." : $"Pages of {App.Engine.Name} cannot be played by a test: use a HeadlessEngine.");
        }

        var page = headless.View.Page?.SettledAsync() ?? headless.View.First;
        return await page.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the application and its windows.</summary>
    public async ValueTask DisposeAsync()
    {
        App.Quit();
        await _ended.Task.ConfigureAwait(false);
    }

    private void Run(Action<OrielApp>? setup, TaskCompletionSource started)
    {
        try
        {
            setup?.Invoke(App);
            App.Start();
            App.Dispatcher.Post(() => started.TrySetResult());
            App.Run();
        }
        catch (Exception exception)
        {
            started.TrySetException(exception);
        }
        finally
        {
            _ended.TrySetResult();
        }
    }
}
