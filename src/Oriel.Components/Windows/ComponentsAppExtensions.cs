using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;
using Oriel.Components;
using Oriel.Engines;

namespace Oriel;

/// <summary>Opens windows that show components.</summary>
public static class ComponentsAppExtensions
{
    /// <summary>Creates a window that shows a component. UI thread; from elsewhere use <see cref="CreateWindowAsync{TComponent}"/>.</summary>
    /// <remarks>
    /// <see cref="WindowOptions.Url"/> is the route that it begins with: <c>todo/5</c>. Every document of the window has a tree of components of its own, which
    /// ends with it; one that is loaded again begins anew.
    /// </remarks>
    /// <typeparam name="TComponent">The component.</typeparam>
    /// <param name="app">The application.</param>
    /// <param name="options">What the window is created with.</param>
    /// <param name="parameters">The component's parameters.</param>
    /// <exception cref="EngineUnavailableException">The engine cannot run on this machine; the message says what to install.</exception>
    /// <exception cref="InvalidOperationException">The application was built without components.</exception>
    public static Window CreateWindow<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TComponent>(
        this OrielApp app, WindowOptions? options = null, IDictionary<string, object?>? parameters = null)
        where TComponent : IComponent => ComponentWindow.Create(app, RootComponent.Of<TComponent>(parameters), options);

    /// <summary>Creates a window that shows a component from any thread, once the application runs.</summary>
    /// <inheritdoc cref="CreateWindow{TComponent}"/>
    public static Task<Window> CreateWindowAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TComponent>(
        this OrielApp app, WindowOptions? options = null, IDictionary<string, object?>? parameters = null)
        where TComponent : IComponent
    {
        ArgumentNullException.ThrowIfNull(app);
        var root = RootComponent.Of<TComponent>(parameters);
        return app.Dispatcher.InvokeAsync(() => ComponentWindow.Create(app, root, options));
    }

    /// <summary>Creates a window that shows a view of plain C#. UI thread.</summary>
    /// <param name="app">The application.</param>
    /// <param name="view">Makes the view; called once for every document, and again when hot reload has changed the program.</param>
    /// <param name="options">What the window is created with.</param>
    /// <inheritdoc cref="CreateWindow{TComponent}" path="/exception"/>
    public static Window CreateWindow(this OrielApp app, Func<View> view, WindowOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        return ComponentWindow.Create(app, new RootComponent(typeof(RootView), new Dictionary<string, object?> { [nameof(RootView.Content)] = view }), options);
    }
}
