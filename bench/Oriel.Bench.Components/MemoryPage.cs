using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.JSInterop;
using Oriel.Components;

namespace Oriel.Bench.Components;

/// <summary>A page that shows nothing: it counts bytes, and clicks the last button that it was given.</summary>
internal sealed class MemoryPage : IPageConnection, IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly ComponentSession _session;
    private long _number;
    private long _last;

    private MemoryPage(Type component, IReadOnlyDictionary<string, object?> parameters)
    {
        var services = new ServiceCollection();
        services.AddOrielComponents();

        // What goes into the head would ask a page for its title.
        services.RemoveAll<IJSRuntime>();
        _services = services.BuildServiceProvider();
        _session = _services.GetRequiredService<SessionHost>().Begin(new(component, parameters), new(new("oriel://app/"), IsDark: false), this, window: null);
    }

    public static MemoryPage Show<T>(IReadOnlyDictionary<string, object?>? parameters = null)
        where T : IComponent => new(typeof(T), parameters ?? new Dictionary<string, object?>());

    /// <summary>The message of a click, which acknowledges what has come.</summary>
    public byte[] Click()
    {
        var handler = _session.Renderer.Handlers.Single(static handler => handler.Value == "click").Key;
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"[{++_number},{_last},\"event\",{handler},\"click\",null,{{}}]"));
    }

    /// <summary>Sends a message; what it brought about is in the answer. On this thread, and done when it returns.</summary>
    public TurnBuffer Send(byte[] message)
    {
        var turn = new TurnBuffer();
        var received = _session.ReceiveAsync(message, turn);
        if (!received.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("The message was not handled on the thread that brought it.");
        }

        return turn;
    }

    /// <summary>Takes what came with an answer.</summary>
    /// <returns>The one message that it is.</returns>
    public ReadOnlyMemory<byte> Take(TurnBuffer turn)
    {
        if (turn.Messages is not [var message])
        {
            throw new InvalidOperationException($"A click was answered by {turn.Messages.Count} messages instead of one. {_session.Failure}");
        }

        _last++;
        return message;
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        _last++;
        return default;
    }

    public PublishedContent Publish(Func<Stream> open, string mediaType) => throw new NotSupportedException("Nothing is published here.");

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync().ConfigureAwait(false);
        await _services.DisposeAsync().ConfigureAwait(false);
    }
}
