using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Oriel.Bench.Ipc;

/// <summary>A gRPC method on Kestrel that answers with what it got.</summary>
/// <remarks>
/// gRPC's wire by hand, over the server and the client that its packages for .NET stand on: what those add comes on top. The packages
/// themselves need two more that not every feed has.
/// </remarks>
internal static class GrpcEcho
{
    public const string Path = "/oriel.Bench/Echo";

    public static async Task<int> RunAsync(string socket)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Limits.MaxRequestBodySize = null;
            options.ListenUnixSocket(socket, static listener => listener.Protocols = HttpProtocols.Http2);
        });

        await using var app = builder.Build();
        app.Run(static async context =>
        {
            var message = await GrpcFrame.ReadAsync(context.Request.Body, context.RequestAborted);
            context.Response.ContentType = GrpcFrame.ContentType;
            await context.Response.Body.WriteAsync(GrpcFrame.Create(message), context.RequestAborted);
            context.Response.AppendTrailer("grpc-status", "0");
        });

        await app.StartAsync();
        Console.WriteLine("listening");
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
        return 0;
    }
}
