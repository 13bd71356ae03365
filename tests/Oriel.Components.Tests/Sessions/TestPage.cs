using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;

namespace Oriel.Components.Tests;

/// <summary>A page in memory: keeps what it is sent, and sends what it is told to.</summary>
internal sealed class TestPage : IPageConnection, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<JsonArray> _messages = [];
    private readonly bool _acknowledges;
    private readonly ServiceProvider? _services;
    private long _number;
    private int _publications;

    private TestPage(bool acknowledges, ServiceProvider? services)
    {
        _acknowledges = acknowledges;
        _services = services;
    }

    public ComponentSession Session { get; private set; } = null!;

    public RecordedLog Log { get; private init; } = new();

    /// <summary>All messages so far, in the order of their numbers.</summary>
    public IReadOnlyList<JsonArray> Messages
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages.OrderBy(m => (long)m[0]!)];
            }
        }
    }

    /// <summary>The frames so far.</summary>
    public IReadOnlyList<JsonArray> Frames => [.. Messages.Where(m => m[2]!.GetValueKind() == JsonValueKind.Number)];

    /// <summary>The highest number that has come.</summary>
    public long Last { get; private set; }

    public static TestPage Show<T>(
        IReadOnlyDictionary<string, object?>? parameters = null,
        Action<ComponentsOptions>? configure = null,
        bool acknowledges = true,
        Action<IServiceCollection>? services = null,
        bool runsScripts = false)
        where T : IComponent => Show(typeof(T), parameters, configure, acknowledges, services, runsScripts);

    public static TestPage Show(
        Type type,
        IReadOnlyDictionary<string, object?>? parameters = null,
        Action<ComponentsOptions>? configure = null,
        bool acknowledges = true,
        Action<IServiceCollection>? services = null,
        bool runsScripts = false)
    {
        var log = new RecordedLog();
        var provider = Services(log, configure, services, runsScripts);
        var page = new TestPage(acknowledges, provider) { Log = log };
        page.Begin(provider.GetRequiredService<SessionHost>(), type, parameters);
        return page;
    }

    /// <summary>A page of a host that others use, too.</summary>
    public static TestPage Show<T>(SessionHost host, bool acknowledges = true)
        where T : IComponent
    {
        var page = new TestPage(acknowledges, null);
        page.Begin(host, typeof(T), null);
        return page;
    }

    public static ServiceProvider Services(RecordedLog log, Action<ComponentsOptions>? configure = null, Action<IServiceCollection>? more = null, bool runsScripts = false)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Debug));
        services.AddOrielComponents(configure);

        // Without JavaScript there is no head either: a session's first frame is its component's, and nothing else is sent.
        if (!runsScripts)
        {
            services.RemoveAll<IJSRuntime>();
        }

        more?.Invoke(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        Take(message);
        return default;
    }

    /// <summary>What the page can fetch, by its address.</summary>
    public ConcurrentDictionary<string, Func<Stream>> Published { get; } = new();

    public PublishedContent Publish(Func<Stream> open, string mediaType)
    {
        var address = $"/content/{Interlocked.Increment(ref _publications)}";
        Published[address] = open;
        return new(address, () => Published.TryRemove(address, out _));
    }

    /// <summary>Sends a message: what stands behind its number and what it acknowledges.</summary>
    public Task SendAsync(params object?[] members) => SendRawAsync(Text([++_number, _acknowledges ? Last : 0, .. members]));

    /// <summary>Acknowledges messages.</summary>
    public Task AcknowledgeAsync(long applied) => SendRawAsync(Text([++_number, applied, "ack"]));

    /// <summary>The numbers of the messages, in the order in which they came.</summary>
    public IReadOnlyList<long> Arrived
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages.Select(m => (long)m[0]!)];
            }
        }
    }

    /// <summary>The message of the exception that ended the session.</summary>
    public string? Error => Session.Failure?.Message;

    /// <summary>The same page with a new connection, which knows only what comes from now on.</summary>
    public TestPage ComeBack(long applied)
    {
        var page = new TestPage(_acknowledges, null) { Log = Log, Session = Session, _number = _number };
        Session.Attach(page, applied);
        return page;
    }

    /// <summary>An event as a message.</summary>
    public byte[] Event(string name) => Encoding.UTF8.GetBytes(Text([++_number, Last, "event", Handler(name), name, null, new { }]));

    /// <summary>Sends text as it is.</summary>
    public async Task SendRawAsync(string text)
    {
        var turn = new TurnBuffer();
        await Session.ReceiveAsync(Encoding.UTF8.GetBytes(text), turn).AsTask().InTime();
        foreach (var message in turn.Messages)
        {
            Take(message);
        }
    }

    /// <summary>Sends the event of the only handler of a name that a frame has brought.</summary>
    public Task RaiseAsync(string name, object? arguments = null, object? field = null) =>
        SendAsync("event", Handler(name), name, field, arguments ?? new { });

    /// <summary>Does something on the session's dispatcher, once the page has acknowledged what came before, and acknowledges what comes of it.</summary>
    public async Task DoAsync(Action action)
    {
        await SendAsync("ack");
        await Session.Dispatcher.InvokeAsync(action).InTime();
        await SendAsync("ack");
    }

    /// <summary>The component that the page shows.</summary>
    public T Root<T>()
        where T : IComponent => (T)Session.Renderer.Root;

    /// <summary>What the page shows after all frames so far.</summary>
    public TestDocument Document()
    {
        var document = new TestDocument();
        foreach (var frame in Frames)
        {
            document.Apply(frame);
        }

        return document;
    }

    /// <summary>The last handler for an event that a frame has brought.</summary>
    public ulong Handler(string name) => Session.Renderer.Handlers.Where(h => h.Value == name).Max(h => h.Key);

    /// <summary>The members of a message behind its numbers, as text.</summary>
    public static string Body(JsonArray message) => string.Join(',', message.Skip(2).Select(m => m is null ? "null" : m.ToJsonString(s_plain)));

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync().AsTask().InTime();
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }
    }

    private static readonly JsonSerializerOptions s_plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Text(object?[] members) => JsonSerializer.Serialize(members, s_plain);

    private void Begin(SessionHost host, Type type, IReadOnlyDictionary<string, object?>? parameters) =>
        Session = host.Begin(new(type, parameters ?? new Dictionary<string, object?>()), new(new("https://app/"), IsDark: false), this, window: null);

    private void Take(ReadOnlyMemory<byte> message)
    {
        Assert.DoesNotContain((byte)'\n', message.ToArray());
        lock (_gate)
        {
            var array = JsonNode.Parse(message.Span)!.AsArray();
            _messages.Add(array);
            Last = Math.Max(Last, (long)array[0]!);
        }
    }
}
