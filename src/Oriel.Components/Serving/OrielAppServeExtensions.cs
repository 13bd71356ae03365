using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Oriel.Components;

namespace Oriel;

/// <summary>Serves components to browsers from an application that may also have windows.</summary>
public static class OrielAppServeExtensions
{
    /// <summary>Serves a component to browsers, until the result is disposed. Dispose of it before the application.</summary>
    /// <remarks>Every document of a browser has a tree of components of its own. There is no <see cref="Window"/> to inject.</remarks>
    /// <typeparam name="TComponent">The component.</typeparam>
    /// <param name="app">The application, with <c>builder.AddComponents()</c>.</param>
    /// <param name="options">How; those of <see cref="ComponentsOptions.Serve"/> by default.</param>
    /// <param name="parameters">The component's parameters.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The server, when it takes connections: its address is for whom it is to be open to.</returns>
    /// <exception cref="InvalidOperationException">The address is in use, or the application was built without components.</exception>
    public static Task<OrielServer> ServeAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TComponent>(
        this OrielApp app, ServeOptions? options = null, IDictionary<string, object?>? parameters = null, CancellationToken cancellationToken = default)
        where TComponent : IComponent
    {
        ArgumentNullException.ThrowIfNull(app);
        var components = app.Services.GetService<ComponentsOptions>()
            ?? throw new InvalidOperationException("The application was built without components. Call builder.AddComponents() before builder.Build().");
        var page = new ServedPage(RootComponent.Of<TComponent>(parameters), Window: null);
        return OrielServer.StartAsync(app, options ?? components.Serve, _ => page, cancellationToken);
    }
}
