using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Oriel.Engines;
using Oriel.Ipc;
using Oriel.Protocols;
using Oriel.Testing;

namespace Oriel.Engine.Conformance;

/// <summary>An application on one engine, which all tests of that engine share.</summary>
public abstract class EngineFixture : IAsyncLifetime
{
    /// <summary>The largest message that the application accepts: small, so that the tests of the limit are.</summary>
    public const int MaxMessageBytes = 2 * 1024 * 1024;

    public const int MaxDepth = 64;

    /// <summary>A foreign origin that may use what begins with <c>granted.</c>, in any window.</summary>
    public const string GrantedOrigin = "foreign://granted";

    /// <summary>A foreign origin that may use what begins with <c>granted.</c>, in windows named <c>named</c>.</summary>
    public const string NamedOrigin = "foreign://named";

    /// <summary>An origin of lower trust without grants.</summary>
    public const string LowerOrigin = "oriel://lower";

    /// <summary>An origin of lower trust that may use what begins with <c>granted.</c>, in any window.</summary>
    public const string BridgedOrigin = "oriel://bridged";

    private readonly ConcurrentDictionary<string, ProtocolHandler> _routes = new(StringComparer.Ordinal);
    private readonly string _root = Directory.CreateTempSubdirectory("conformance-").FullName;
    private AppHost? _host;
    private int _lastName;

    /// <summary>The application.</summary>
    public OrielApp App => Host.App;

    /// <summary>What the application has logged.</summary>
    public RecordedLog Log { get; } = new();

    /// <summary>The folder of assets; beside it stands <c>secret.txt</c>, which must never be served.</summary>
    public string Folder => Path.Join(_root, "assets");

    protected AppHost Host => _host ?? throw new InvalidOperationException("The application does not run.");

    public async ValueTask InitializeAsync()
    {
        WriteFolder();
        _host = await AppHost.StartAsync(
            CreateEngine,
            builder =>
            {
                builder.Options = builder.Options with
                {
                    ApplicationName = "conformance",
                    IsDevelopment = false,
                    Limits = new IpcLimits { MaxMessageBytes = MaxMessageBytes, MaxDepth = MaxDepth },
                };
                builder.ConfigureLogging(logging => logging.AddProvider(Log));
                builder.Capabilities
                    .Define("granted", static granted => granted.AllowCommands("granted.*").AllowEvents("granted.*").AllowStates("granted.*"))
                    .Define("marked")
                    .Define("wide", static wide => wide.AllowCommands("*").AllowEvents("*").AllowStateWrites("*"))
                    .GrantTo(GrantedOrigin, window: null, "granted")
                    .GrantTo(NamedOrigin, window: "named", "granted")
                    .GrantTo(BridgedOrigin, window: null, "granted");
            },
            app =>
            {
                app.Protocols.Map("test", RouteAsync);
                app.Protocols.Map("foreign", RouteAsync);
                app.Assets.AddText("index.html", "<!doctype html><title>Index</title><p>Index");
                app.Assets.AddFolder(Folder);
                app.Origins.Add("lower", static assets => assets.AddText("index.html", "<!doctype html><title>Lower</title><p>Lower"));
                app.Origins.Add("bridged", static assets => assets.AddText("index.html", "<!doctype html><title>Bridged</title><p>Bridged"));
                foreach (var origin in (string[])[GrantedOrigin, NamedOrigin])
                {
                    _routes[origin] = static _ => ValueTask.FromResult(ProtocolResponse.Text("<!doctype html><title>Foreign</title><p>Foreign", "text/html; charset=utf-8"));
                }
            });
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        Directory.Delete(_root, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A name that no other test uses.</summary>
    public string Unique(string name) => $"{name}.{Interlocked.Increment(ref _lastName)}";

    /// <summary>Serves <c>test://host/...</c> or <c>foreign://host/...</c> by a handler, for a host of its own.</summary>
    /// <returns>The origin.</returns>
    public string Serve(string scheme, Func<ProtocolRequest, ProtocolResponse> handler) => Serve(scheme, request => ValueTask.FromResult(handler(request)));

    /// <inheritdoc cref="Serve(string, Func{ProtocolRequest, ProtocolResponse})"/>
    public string Serve(string scheme, ProtocolHandler handler)
    {
        var origin = $"{scheme}://h{Interlocked.Increment(ref _lastName)}";
        _routes[origin] = handler;
        return origin;
    }

    /// <summary>Serves a document at every address of a foreign origin.</summary>
    /// <returns>The origin.</returns>
    public string ServeForeign() => Serve("foreign", _ => ProtocolResponse.Text("<!doctype html><title>Foreign</title><p>Foreign", "text/html; charset=utf-8"));

    /// <summary>Adds a page to the app's own.</summary>
    /// <returns>Its path.</returns>
    public string AddPage(string title = "Page")
    {
        var path = $"page{Interlocked.Increment(ref _lastName)}.html";
        App.Assets.AddText(path, $"<!doctype html><title>{title}</title><p>{title}");
        return path;
    }

    /// <summary>Opens a window and waits for its document, and for its bridge; by default unless it is foreign.</summary>
    public async Task<IPageDriver> OpenAsync(WindowOptions? options = null, bool? hasBridge = null)
    {
        var loaded = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var window = await App.Dispatcher.InvokeAsync(() =>
        {
            var window = App.CreateWindow(options);
            window.LoadFinished += (_, e) => loaded.TrySetResult(e.Error);
            return window;
        });

        Assert.Null(await loaded.Task.Soon());
        if (hasBridge ?? options?.Url.StartsWith("foreign:", StringComparison.Ordinal) is not true)
        {
            await window.WhenReadyAsync().Soon();
        }

        return Drive(window);
    }

    /// <summary>Does what leads to a load, and waits for its end, and for the bridge of the new document.</summary>
    public static async Task LoadAsync(Window window, Func<Task> action, bool hasBridge = true)
    {
        var loaded = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnLoaded(object? sender, LoadFinishedEventArgs e) => loaded.TrySetResult(e.Error);

        window.LoadFinished += OnLoaded;
        try
        {
            await action();
            Assert.Null(await loaded.Task.Soon());
        }
        finally
        {
            window.LoadFinished -= OnLoaded;
        }

        if (hasBridge)
        {
            await window.WhenReadyAsync().Soon();
        }
    }

    protected abstract IEngine CreateEngine();

    protected abstract IPageDriver Drive(Window window);

    private async ValueTask<ProtocolResponse> RouteAsync(ProtocolRequest request) =>
        _routes.TryGetValue($"{request.Address.Scheme}://{request.Address.Host}", out var handler)
            ? await handler(request)
            : ProtocolResponse.Error(404, "No test serves this.");

    private void WriteFolder()
    {
        Directory.CreateDirectory(Path.Join(Folder, "sub"));
        File.WriteAllText(Path.Join(_root, "secret.txt"), "secret");
        File.WriteAllText(Path.Join(Folder, "inside.txt"), "inside");
        File.WriteAllText(Path.Join(Folder, "sub", "page.html"), "<!doctype html><title>Sub</title>");
        File.WriteAllText(Path.Join(Folder, ".hidden"), "secret");
        File.WriteAllText(Path.Join(Folder, "ünïcode name.txt"), "inside");
        File.WriteAllBytes(Path.Join(Folder, "bytes.bin"), [.. Enumerable.Range(0, 1_000).Select(static i => (byte)i)]);
        File.CreateSymbolicLink(Path.Join(Folder, "leaves.txt"), "../secret.txt");
        File.CreateSymbolicLink(Path.Join(Folder, "stays.txt"), "inside.txt");
        Directory.CreateSymbolicLink(Path.Join(Folder, "leaves"), "..");

        using var mkfifo = Process.Start("mkfifo", [Path.Join(Folder, "pipe")]);
        mkfifo.WaitForExit();
    }
}
