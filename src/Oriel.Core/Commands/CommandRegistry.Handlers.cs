using System.Diagnostics.CodeAnalysis;
using Oriel.CompilerServices;

namespace Oriel;

// What Oriel's generator puts dispatch code in the place of, at build. Nothing here looks at a method at run time.
public sealed partial class CommandRegistry
{
    private const int MaxInstances = 4096;
    private const string Replaced = "Generated code takes the place of a call of an instance method.";

    private readonly List<object> _instances = [];
    private bool _isEnded;

    /// <summary>The JSON of what the commands take and answer.</summary>
    internal JsonTypes Json => _app.Json;

    /// <summary>The services that commands get.</summary>
    internal IServiceProvider Services => _app.Services;

    /// <summary>Adds a command: a lambda, or the name of a method.</summary>
    /// <remarks>
    /// Arguments of the page bind to the parameters by name or by position. <see cref="Window"/>, <see cref="OrielApp"/>,
    /// <see cref="CommandContext"/>, <see cref="CancellationToken"/>, <see cref="IServiceProvider"/>, <see cref="IProgress{T}"/> and services are
    /// given to it. Oriel's generator writes the code of it at build, in the place of this call.
    /// </remarks>
    /// <param name="name">What the page calls it; a constant, so that TypeScript can be written for it.</param>
    /// <param name="handler">What answers.</param>
    /// <param name="options">More about it.</param>
    /// <exception cref="InvalidOperationException">The generator did not see the call.</exception>
    [SuppressMessage("Performance", "CA1822", Justification = Replaced)]
    public void Map(string name, Delegate handler, CommandOptions? options = null) => throw NotGenerated($"Map(\"{name}\", ...)");

    /// <summary>Adds the commands of a class with <see cref="CommandsAttribute"/>.</summary>
    /// <remarks>Its instance is the service of that type, or else made of services, at the first call, once for the application; one that was made is disposed with the application.</remarks>
    /// <exception cref="InvalidOperationException">The generator did not see the call.</exception>
    [SuppressMessage("Performance", "CA1822", Justification = Replaced)]
    public void Map<T>()
        where T : class => throw NotGenerated($"Map<{typeof(T).Name}>()");

    /// <summary>Adds the commands of an object whose class has <see cref="CommandsAttribute"/>. The object stays its owner's.</summary>
    /// <inheritdoc cref="Map{T}()" path="/exception"/>
    [SuppressMessage("Performance", "CA1822", Justification = Replaced)]
    public void Map<T>(T instance)
        where T : class => throw NotGenerated($"Map<{typeof(T).Name}>(...)");

    /// <summary>Makes an object for commands that is made when it is first needed.</summary>
    internal CommandInstance<T> CreateInstance<T>(Func<IServiceProvider, T> create)
        where T : class => new(() => _app.Commands.Own(create));

    /// <summary>Ends the objects that were made for commands.</summary>
    internal async ValueTask DisposeInstancesAsync()
    {
        object[] instances;
        lock (_gate)
        {
            _isEnded = true;
            instances = [.. _instances];
            _instances.Clear();
        }

        // The latest first: it may use an earlier one.
        foreach (var instance in Enumerable.Reverse(instances))
        {
            try
            {
                if (instance is IAsyncDisposable asynchronous)
                {
                    await asynchronous.DisposeAsync().ConfigureAwait(false);
                }
                else
                {
                    (instance as IDisposable)?.Dispose();
                }
            }
            catch (Exception exception)
            {
                _app.Log.Value.EventHandlerFailed(exception);
            }
        }
    }

    internal static InvalidOperationException NotGenerated(string call) => new(
        $"There is no generated code for {call}. The project needs Oriel's generator, which comes with the package Oriel; the handler has to be a lambda or the name of a method, written in the call itself. " +
        "Otherwise use an overload that takes JsonTypeInfo, or MapRaw.");

    [SuppressMessage("Reliability", "CA2000", Justification = "The registry disposes what it has made.")]
    private T Own<T>(Func<IServiceProvider, T> create)
        where T : class
    {
        if (Services.GetService(typeof(T)) is T service)
        {
            return service;
        }

        var instance = create(Services);
        if (instance is IDisposable or IAsyncDisposable)
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_isEnded, _app);
                if (_instances.Count == MaxInstances)
                {
                    throw new InvalidOperationException($"{MaxInstances} objects were made for commands, which is the limit. Map a class once.");
                }

                _instances.Add(instance);
            }
        }

        return instance;
    }
}
