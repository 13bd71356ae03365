using Microsoft.Extensions.DependencyInjection;
using Oriel.Ipc;
using Oriel.Testing;

namespace Oriel.Commands.Tests;

/// <summary>An application with one page that calls its commands.</summary>
internal sealed class Host : IAsyncDisposable
{
    private readonly AppHost _host;

    private Host(AppHost host, HeadlessPage page)
    {
        _host = host;
        Page = page;
    }

    public OrielApp App => _host.App;

    public HeadlessPage Page { get; }

    public static async Task<Host> StartAsync(Action<OrielApp>? setup = null, Action<IServiceCollection>? services = null, Action<OrielAppBuilder>? build = null, IpcLimits? limits = null)
    {
        var host = await AppHost.StartAsync(static () => new HeadlessEngine(), builder =>
        {
            services?.Invoke(builder.Services);
            build?.Invoke(builder);
            builder.Options = builder.Options with { Limits = limits ?? builder.Options.Limits };
        }, app =>
        {
            app.Assets.AddText("index.html", "<!doctype html>");
            setup?.Invoke(app);
        }).InTime();
        return new Host(host, await host.OpenPageAsync().InTime());
    }

    public Task<string> CallAsync(string name, string? arguments = null) => Page.InvokeAsync(name, arguments).InTime();

    /// <summary>Calls what refuses its arguments: the path that it names, and what it says.</summary>
    public async Task<(string Path, string Message)> RefusedAsync(string name, string? arguments = null)
    {
        var exception = await Assert.ThrowsAsync<IpcException>(() => CallAsync(name, arguments));
        Assert.Equal(IpcErrorCode.InvalidParams, exception.Code);

        using var data = System.Text.Json.JsonDocument.Parse(exception.Error.Data);
        return (data.RootElement.GetProperty("path").GetString()!, exception.Message);
    }

    public async Task<IReadOnlyList<string>> ItemsAsync(string name, string? arguments = null)
    {
        var items = new List<string>();
        await foreach (var item in Page.StreamAsync(name, arguments))
        {
            items.Add(item);
        }

        return items;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
