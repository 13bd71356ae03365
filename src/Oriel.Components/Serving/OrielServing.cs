using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Oriel.Assets;

namespace Oriel.Components;

/// <summary>What serves components in one process: the parts that answer, and the addresses that lead to them.</summary>
internal sealed class OrielServing : IAsyncDisposable
{
    private readonly PageDocuments _documents;
    private readonly PageSocket _socket;
    private readonly PageBytes _bytes;

    public OrielServing(SessionHost sessions, ComponentsOptions components, ServeOptions options, ILoggerFactory loggers, Func<string> policy, Func<string, bool> hasAsset)
    {
        options.Check();
        Options = options;
        Logger = loggers.CreateLogger("Oriel.Components.Serving");
        Gate = new ServeGate(options, new ServeToken(options.Token), Logger);
        Roster = new SessionRoster(options, Logger);
        _documents = new PageDocuments(Gate, policy, (root, socket) => HostPage.Write(components, hasAsset, root, socket: socket));
        _socket = new PageSocket(Gate, Roster, sessions, options, components, Logger);
        _bytes = new PageBytes(Gate, Roster, options, Logger);
        OwnAssets.AddEmbedded(typeof(OrielServing).Assembly, "oriel/ui");
    }

    public ServeOptions Options { get; }

    public ServeGate Gate { get; }

    public SessionRoster Roster { get; }

    public ILogger Logger { get; }

    private AssetServer OwnAssets { get; } = new();

    /// <summary>Maps what the pages of a place need, but for the files of the application.</summary>
    /// <param name="endpoints">Where to.</param>
    /// <param name="prefix">The path that the place's addresses begin with; empty for all.</param>
    /// <param name="place">The place.</param>
    /// <param name="otherwise">Answers paths of the place where nothing is shown; by default they are not found.</param>
    public IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, string prefix, ServedPlace place, RequestDelegate? otherwise = null)
    {
        string[] read = [HttpMethods.Get, HttpMethods.Head];
        return new EndpointConventions(
        [
            endpoints.MapMethods($"{prefix}/{{**path}}", read, (RequestDelegate)ShowAsync).WithOrder(int.MaxValue - 1),
            endpoints.MapMethods(place.Socket, [HttpMethods.Get, HttpMethods.Connect], (RequestDelegate)(context => _socket.HandleAsync(context, place))),
            endpoints.MapMethods($"{place.ContentFolder}{{id}}", [HttpMethods.Get], (RequestDelegate)(context => _bytes.SendAsync(context, Value(context, "id")))),
            endpoints.MapMethods($"{place.ContentFolder}{{session}}/{{id:long:min(0)}}", [HttpMethods.Post], (RequestDelegate)UploadAsync),
        ]);

        static string Value(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;

        Task UploadAsync(HttpContext context)
        {
            var id = long.Parse(Value(context, "id"), CultureInfo.InvariantCulture);
            return _bytes.ReceiveAsync(context, Value(context, "session"), id);
        }

        async Task ShowAsync(HttpContext context)
        {
            if (await _documents.SendAsync(context, place).ConfigureAwait(false))
            {
                return;
            }

            await (otherwise?.Invoke(context) ?? NotFoundAsync(context)).ConfigureAwait(false);
        }
    }

    /// <summary>Maps Oriel's own scripts and style sheets, which are public.</summary>
    public IEndpointConventionBuilder MapOwnAssets(IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods($"{BridgeAddress.UI}{{**path}}", [HttpMethods.Get, HttpMethods.Head], (RequestDelegate)(context =>
            _documents.SendOwnFileAsync(context, OwnAssets, $"/{context.Request.RouteValues["path"]}")));

    /// <summary>Answers with a file of the application.</summary>
    public Task SendFileAsync(HttpContext context, AssetServer assets) => _documents.SendFileAsync(context, assets, context.Request.Path.ToUriComponent());

    public ValueTask DisposeAsync() => Roster.DisposeAsync();

    private async Task NotFoundAsync(HttpContext context)
    {
        if (await Gate.AdmitsHostAsync(context).ConfigureAwait(false))
        {
            await ServeGate.RefuseAsync(context, StatusCodes.Status404NotFound, "There is nothing here.").ConfigureAwait(false);
        }
    }
}
