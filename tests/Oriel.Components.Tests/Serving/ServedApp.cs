using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;

namespace Oriel.Components.Tests.Serving;

/// <summary>An application that is served on a free port, and browsers that know its address.</summary>
internal sealed class ServedApp : IAsyncDisposable
{
    private readonly OrielApp _app;

    private ServedApp(OrielApp app, OrielServer server, RecordedLog log)
    {
        _app = app;
        Server = server;
        Log = log;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(Origin), Timeout = TimeSpan.FromSeconds(30) };
    }

    public OrielServer Server { get; }

    public RecordedLog Log { get; }

    public HttpClient Client { get; }

    public string Origin => Server.Address.GetLeftPart(UriPartial.Authority);

    public static Task<ServedApp> StartAsync(ServeOptions? options = null) => StartAsync<Counter>(options);

    public static async Task<ServedApp> StartAsync<TComponent>(ServeOptions? options = null, Action<ComponentsOptions>? configure = null)
        where TComponent : IComponent
    {
        var log = new RecordedLog();
        var builder = new OrielAppBuilder(static () => throw new NotSupportedException()).ConfigureLogging(logging => logging.AddProvider(log));
        builder.AddComponents(configure);
        var app = builder.Build();
        return new ServedApp(app, await app.ServeAsync<TComponent>(options ?? new ServeOptions()), log);
    }

    /// <summary>Opens the address as a browser does, and returns its cookie.</summary>
    public async Task<string> EnterAsync()
    {
        using var answer = await Client.GetAsync(Server.Address, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    /// <summary>Sends a request; the headers are as <c>Name: value</c>.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params string[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            request.Headers.TryAddWithoutValidation(header[..colon], header[(colon + 1)..].Trim());
        }

        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Connects; the status is that of the refusal.</summary>
    public async Task<(BrowserPage? Page, HttpStatusCode Status)> TryConnectAsync(string? cookie, string? origin, string? host = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[("Cookie", cookie), ("Origin", origin), ("Host", host)])
        {
            if (value is not null)
            {
                socket.Options.SetRequestHeader(name, value);
            }
        }

        try
        {
            await socket.ConnectAsync(new Uri($"{Origin.Replace("http:", "ws:", StringComparison.Ordinal)}/_oriel/socket"), TestContext.Current.CancellationToken);
            return (new BrowserPage(socket, this), HttpStatusCode.SwitchingProtocols);
        }
        catch (WebSocketException)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            return (null, status);
        }
    }

    /// <summary>Connects as a page of a browser that has been at the address.</summary>
    public async Task<BrowserPage> ConnectAsync(string cookie) =>
        (await TryConnectAsync(cookie, Origin)).Page ?? throw new InvalidOperationException("The page was refused.");

    /// <summary>Opens the address in a new browser, and its page.</summary>
    public async Task<BrowserPage> OpenAsync() => await (await ConnectAsync(await EnterAsync())).BeginAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        await Task.Run(_app.Dispose);
    }
}
