using Microsoft.AspNetCore.Components;

namespace Oriel.Components.EndToEnd.Serving;

/// <summary>A program that was started with <c>--serve</c>: what it says is its address, on a UI thread of its own.</summary>
internal sealed class ServedProgram : IAsyncDisposable
{
    private readonly OrielApp _app;
    private readonly Task<int> _ended;

    private ServedProgram(OrielApp app, Task<int> ended, OrielServer server)
    {
        _app = app;
        _ended = ended;
        Server = server;
    }

    public OrielServer Server { get; }

    public Uri Address => Server.Address;

    /// <summary>The address of a path, for whom the token has let in.</summary>
    public Uri At(string path) => new($"{Address.GetLeftPart(UriPartial.Authority)}{path}");

    public static async Task<ServedProgram> StartAsync<TComponent>(int port = 0, string? token = null, Action<OrielApp>? windows = null, Action<OrielAppBuilder>? setup = null)
        where TComponent : IComponent
    {
        var builder = OrielApp.CreateBuilder(["--serve", $"http://127.0.0.1:{port}"]);
        builder.AddComponents(options =>
        {
            options.ApplicationName = "Oriel.Components.EndToEnd";
            options.Serve = options.Serve with { Token = token };
        });
        setup?.Invoke(builder);
        var app = builder.Build();
        var started = new TaskCompletionSource<ServeEngine>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    app.CreateWindow<TComponent>();
                    windows?.Invoke(app);
                    started.SetResult((ServeEngine)app.Engine);
                    return app.Run();
                }
                catch (Exception exception)
                {
                    started.TrySetException(exception);
                    throw;
                }
            },
            TaskCreationOptions.LongRunning);
        var engine = await started.Task;
        if (await Task.WhenAny(engine.Served, ended) == ended)
        {
            await ended;
        }

        return new ServedProgram(app, ended, await engine.Served);
    }

    /// <summary>Cuts all connections, as a network does.</summary>
    public void Cut()
    {
        foreach (var served in Server.Roster.Sessions)
        {
            served.Cut();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_ended.IsCompleted)
        {
            _app.Quit();
        }

        Assert.Equal(0, await _ended.WaitAsync(TimeSpan.FromSeconds(30)));
    }
}
