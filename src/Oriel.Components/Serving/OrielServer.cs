using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Oriel.Components;

/// <summary>A server of an application's components, which browsers can reach until it is disposed.</summary>
public sealed class OrielServer : IAsyncDisposable
{
    private static readonly TimeSpan s_headersTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(3);

    private readonly WebApplication _host;
    private readonly OrielServing _serving;

    private OrielServer(WebApplication host, OrielServing serving, Uri address)
    {
        _host = host;
        _serving = serving;
        Address = address;
    }

    /// <summary>The address to open in a browser, with the token that lets it in.</summary>
    public Uri Address { get; }

    internal SessionRoster Roster => _serving.Roster;

    /// <summary>Ends the pages, which try to come back, and the server.</summary>
    public async ValueTask DisposeAsync()
    {
        await _serving.DisposeAsync().ConfigureAwait(false);
        using var limit = new CancellationTokenSource(s_farewell);
        await _host.StopAsync(limit.Token).ConfigureAwait(false);
        await _host.DisposeAsync().ConfigureAwait(false);
    }

    /// <exception cref="InvalidOperationException">The address is in use, or is none of this machine.</exception>
    internal static async Task<OrielServer> StartAsync(OrielApp app, ServeOptions options, Func<string, ServedPage?> find, CancellationToken cancellationToken)
    {
        options.Check();
        if (!options.RequireToken)
        {
            throw new ArgumentException($"{nameof(ServeOptions)}.{nameof(ServeOptions.RequireToken)} can be off only where somebody else says who may: in an ASP.NET Core host, by MapOriel<...>(...).RequireAuthorization().");
        }

        var address = AddressOf(options.Address);
        var services = app.Services;
        var loggers = services.GetRequiredService<ILoggerFactory>();
        var components = services.GetRequiredService<ComponentsOptions>();
        var serving = new OrielServing(
            services.GetRequiredService<SessionHost>(),
            components,
            options,
            loggers,
            () => app.Options.ContentSecurityPolicy ?? app.DefaultPolicy([]),
            app.Assets.Contains);
        var host = Build(options, address, loggers);
        host.UseWebSockets();
        host.Use(AllowedMethodsAsync);
        serving.MapOwnAssets(host);
        serving.Map(host, "", new ServedPlace("", path => Path.HasExtension(path) ? null : find(path)), context => serving.SendFileAsync(context, app.Assets));
        try
        {
            await host.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw new InvalidOperationException($"Nothing can be served at {address.GetLeftPart(UriPartial.Authority)}: {exception.Message} Choose another address, or port 0 for a free one.", exception);
        }

        // A free port is known from here on.
        var bound = new Uri(host.Urls.First());
        if (!IPAddress.IsLoopback(IPOf(bound)))
        {
            serving.Logger.ServedToNetwork(bound.GetLeftPart(UriPartial.Authority));
        }

        return new OrielServer(host, serving, new UriBuilder(bound) { Query = $"token={serving.Gate.Token.Value}" }.Uri);
    }

    // Reads neither settings nor the environment: where it listens is said in one place.
    private static WebApplication Build(ServeOptions options, Uri address, ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.RequestHeadersTimeout = s_headersTime;
            kestrel.Limits.KeepAliveTimeout = options.SilenceTimeout;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.MaxRequestBufferSize = 64 * 1024;

            // Uploads say theirs; nothing else has a body.
            kestrel.Limits.MaxRequestBodySize = 0;

            // A page has its socket, beside one that broke and is not given up yet, and a few requests for what it loads.
            kestrel.Limits.MaxConcurrentUpgradedConnections = options.MaxSessions * 2L;
            kestrel.Limits.MaxConcurrentConnections = options.MaxSessions * 8L;
            kestrel.Listen(IPOf(address), address.Port, static listen => listen.Protocols = HttpProtocols.Http1);
        });
        return builder.Build();
    }

    private static async Task AllowedMethodsAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Method is "GET" or "HEAD" or "POST")
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        context.Response.Headers.Allow = "GET, HEAD, POST";
        await ServeGate.RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, "Only GET, HEAD and POST.").ConfigureAwait(false);
    }

    private static Uri AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.PathAndQuery == "/" && (uri.IsLoopback || IPAddress.TryParse(uri.Host.Trim('[', ']'), out _))
            ? uri
            : throw new ArgumentException($"\"{text}\" is no address to serve at. Write the number of a network interface, as http://127.0.0.1:5005; names of this machine belong into {nameof(ServeOptions)}.{nameof(ServeOptions.AllowedHosts)}.");

    private static IPAddress IPOf(Uri address) => IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) ? ip : IPAddress.Loopback;

    // The application decides when it ends, and not the server.
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
