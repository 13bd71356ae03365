using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Oriel.Components;

/// <summary>Serves components from any ASP.NET Core host.</summary>
public static class OrielEndpointRouteBuilderExtensions
{
    private static readonly SearchValues<char> s_reserved = SearchValues.Create("{}?#*%");

    /// <summary>Serves a component to browsers, at a path and all that is below it.</summary>
    /// <remarks>
    /// Every document has a tree of components of its own, which lives in this process: requests of one document have to come to the process that has its
    /// tree, so that a load balancer keeps connections and their uploads together (sticky sessions). The host has <c>UseWebSockets()</c> before its
    /// endpoints, and serves the static assets of the application itself (<c>MapStaticAssets()</c>). <see cref="ComponentsOptions.Serve"/> says who may: with a token
    /// by default, which the log names; with <see cref="ServeOptions.RequireToken"/> off, whom the result's authorization lets in.
    /// </remarks>
    /// <typeparam name="TComponent">The component.</typeparam>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="path">The path, as <c>/</c> or <c>/admin</c>. Routes of the component's <c>Router</c> are whole paths.</param>
    /// <param name="parameters">The component's parameters.</param>
    /// <returns>All endpoints of the component: authorization that is added holds for its page, its connection and its bytes.</returns>
    /// <exception cref="InvalidOperationException"><c>builder.Services.AddOrielComponents()</c> was not called.</exception>
    public static IEndpointConventionBuilder MapOriel<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TComponent>(
        this IEndpointRouteBuilder endpoints, string path = "/", IDictionary<string, object?>? parameters = null)
        where TComponent : IComponent
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(path);
        if (!path.StartsWith('/') || path.AsSpan().ContainsAny(s_reserved))
        {
            throw new ArgumentException($"\"{path}\" is not a path that components can be served at. Write it as \"/\" or \"/admin\", without parameters: a Router in the component has those.", nameof(path));
        }

        var services = endpoints.ServiceProvider;
        var mapped = services.GetService<MappedServing>()
            ?? throw new InvalidOperationException("There are no components to map. Call builder.Services.AddOrielComponents() before the host is built.");
        var prefix = path.TrimEnd('/');
        var page = new ServedPage(RootComponent.Of<TComponent>(parameters), Window: null);
        var serving = mapped.Value;
        if (mapped.TakeOwnAssets(endpoints))
        {
            serving.MapOwnAssets(endpoints);
        }

        if (serving.Options.RequireToken)
        {
            serving.Logger.Mapped(path, serving.Gate.Token.Value);
        }

        // A path with an extension is a file that is not there, and no place in a page.
        var place = new ServedPlace(prefix, requested => Path.HasExtension(requested) || !ServedPlace.IsBelow(requested, prefix) ? null : page);
        return serving.Map(endpoints, prefix, place);
    }
}
