using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Oriel.Ipc;

namespace Oriel;

/// <summary>Handles an event of a page.</summary>
/// <param name="window">The window whose page emitted it.</param>
/// <param name="data">One JSON value in UTF-8, valid until the task completes.</param>
public delegate ValueTask RawEventHandler(Window window, ReadOnlyMemory<byte> data);

/// <summary>Events between the app's pages and its code.</summary>
/// <remarks>
/// The events of a page are handled one at a time, in order, on the thread pool. What C# emits does not come back to C#.
/// Thread-safe.
/// </remarks>
public sealed class EventHub
{
    private readonly ConcurrentDictionary<string, Subscription[]> _handlers = new(StringComparer.Ordinal);
    private readonly OrielApp _app;

    internal EventHub(OrielApp app) => _app = app;

    /// <summary>The names that are listened for.</summary>
    public IReadOnlyCollection<string> Names => [.. _handlers.Keys];

    /// <summary>Listens for an event of any page; also for a DOM event of that name on a page's <c>window</c>.</summary>
    /// <returns>Dispose it to stop listening.</returns>
    /// <exception cref="ArgumentException">Browsers have an event of that name.</exception>
    [OverloadResolutionPriority(1)]
    public IDisposable On(string name, RawEventHandler handler)
    {
        EventName.Check(name);
        ArgumentNullException.ThrowIfNull(handler);

        var subscription = new Subscription(this, name, handler);
        var isNew = false;
        _handlers.AddOrUpdate(
            name,
            _ =>
            {
                isNew = true;
                return [subscription];
            },
            (_, handlers) =>
            {
                isNew = false;
                return [.. handlers, subscription];
            });

        if (isNew)
        {
            _app.AnnounceEvents();
        }

        return subscription;
    }

    /// <summary>Listens for an event whose data is of a type that Oriel's generator sees; data that does not fit is logged and left out.</summary>
    public IDisposable On<[BridgeType] T>(string name, Action<Window, T?> handler) => On(name, handler, _app.Json.Get<T>());

    /// <summary>Listens for an event whose data is of a type that Oriel's generator sees, with a handler that waits; the page's next event waits for it.</summary>
    public IDisposable On<[BridgeType] T>(string name, Func<Window, T?, ValueTask> handler) => On(name, handler, _app.Json.Get<T>());

    /// <summary>Listens for an event whose data is of a type; data that does not fit is logged and left out.</summary>
    public IDisposable On<T>(string name, Action<Window, T?> handler, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(type);

        return On(name, (window, data) =>
        {
            handler(window, JsonSerializer.Deserialize(data.Span, type));
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>Listens for an event whose data is of a type, with a handler that waits; the page's next event waits for it.</summary>
    public IDisposable On<T>(string name, Func<Window, T?, ValueTask> handler, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(type);

        return On(name, (window, data) => handler(window, JsonSerializer.Deserialize(data.Span, type)));
    }

    /// <summary>Emits an event to the pages of all windows; waits while one of them is behind.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="data">One JSON value in UTF-8 without line feeds.</param>
    /// <param name="cancellationToken">Gives up waiting; windows that were not behind have got it.</param>
    [OverloadResolutionPriority(1)]
    public async ValueTask EmitAsync(string name, ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        EventName.Check(name);
        using var line = BridgeChannel.WriteLine(IpcMessage.Event(name, data));

        foreach (var window in _app.Windows)
        {
            await window.SendLineAsync(line.Memory, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Emits an event whose data is of a type that Oriel's generator sees to the pages of all windows; waits while one of them is behind.</summary>
    public ValueTask EmitAsync<[BridgeType] T>(string name, T data, CancellationToken cancellationToken = default) => EmitAsync(name, data, _app.Json.Get<T>(), cancellationToken);

    /// <summary>Emits an event to the pages of all windows; waits while one of them is behind.</summary>
    public async ValueTask EmitAsync<T>(string name, T data, JsonTypeInfo<T> type, CancellationToken cancellationToken = default)
    {
        using var json = Serialize(data, type);
        await EmitAsync(name, json.Memory, cancellationToken).ConfigureAwait(false);
    }

    internal static PooledBuffer Serialize<T>(T data, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);

        var json = new PooledBuffer();
        using var writer = new Utf8JsonWriter(json);
        JsonSerializer.Serialize(writer, data, type);
        return json;
    }

    internal async ValueTask DispatchAsync(Window window, string name, ReadOnlyMemory<byte> data)
    {
        if (!_handlers.TryGetValue(name, out var handlers))
        {
            return;
        }

        foreach (var handler in handlers)
        {
            try
            {
                await handler.Handle(window, data.IsEmpty ? "null"u8.ToArray() : data).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                _app.Log.Value.EventFailed(name, window.Id, exception);
            }
        }
    }

    private void Remove(string name, Subscription subscription)
    {
        while (_handlers.TryGetValue(name, out var handlers))
        {
            Subscription[] left = [.. handlers.Where(other => other != subscription)];
            var changed = left.Length == 0
                ? _handlers.TryRemove(new KeyValuePair<string, Subscription[]>(name, handlers))
                : _handlers.TryUpdate(name, left, handlers);

            if (changed)
            {
                if (left.Length == 0)
                {
                    _app.AnnounceEvents();
                }

                return;
            }
        }
    }

    private sealed class Subscription(EventHub hub, string name, RawEventHandler handler) : IDisposable
    {
        public RawEventHandler Handle => handler;

        public void Dispose() => hub.Remove(name, this);
    }
}
