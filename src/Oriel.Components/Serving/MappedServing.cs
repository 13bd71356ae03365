using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Oriel.Security;

namespace Oriel.Components;

/// <summary>What serves the components that an ASP.NET Core host maps, made when the first one is.</summary>
internal sealed class MappedServing(IServiceProvider services) : IAsyncDisposable
{
    private readonly Lazy<OrielServing> _serving = new(() => Create(services));
    private readonly ConditionalWeakTable<object, object> _withAssets = [];

    public OrielServing Value => _serving.Value;

    /// <summary>Whether these endpoints lack Oriel's own assets, which they have from now on.</summary>
    public bool TakeOwnAssets(IEndpointRouteBuilder endpoints) => _withAssets.TryAdd(endpoints.DataSources, this);

    public ValueTask DisposeAsync() => _serving.IsValueCreated ? _serving.Value.DisposeAsync() : default;

    private static OrielServing Create(IServiceProvider services)
    {
        var options = services.GetRequiredService<ComponentsOptions>();
        var files = services.GetService<IWebHostEnvironment>()?.WebRootFileProvider;
        var serving = new OrielServing(
            services.GetRequiredService<SessionHost>(),
            options,
            options.Serve,
            services.GetRequiredService<ILoggerFactory>(),
            () => HostPage.Policy(ContentSecurityPolicy.Default([]), options.AllowInlineStyles),
            path => files?.GetFileInfo(path).Exists == true);

        // The host waits for its requests before it disposes of what serves them, and a page's connection does not end by itself.
        services.GetService<IHostApplicationLifetime>()?.ApplicationStopping.Register(() => _ = serving.DisposeAsync().AsTask());
        return serving;
    }
}
