using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Oriel.Protocols;
using Oriel.Testing;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(Oriel.Engines.Gtk.Tests.TestApp))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Oriel.Engines.Gtk.Tests;

/// <summary>The application that all tests share: a process can have GTK once. Each test has its own windows and pages.</summary>
/// <remarks>
/// Its policy for pages allows everything, so that what refuses an attack is never the policy. <c>evil:</c> serves foreign
/// pages, <c>tool:</c> counts who gets through to a handler with side effects, <c>endless:</c> never ends.
/// </remarks>
public sealed class TestApp : IAsyncLifetime
{
    /// <summary>An origin of lower trust without grants.</summary>
    public const string Lower = "oriel://lower";

    /// <summary>An origin of lower trust that may call <c>echo</c>.</summary>
    public const string Bridged = "oriel://bridged";

    private const string Permissive =
        "default-src * 'unsafe-inline' 'unsafe-eval' data: blob: oriel: evil: tool: endless:; frame-src * data: blob: about: oriel: evil: tool:";

    private readonly ConcurrentDictionary<string, string> _foreignPages = new();
    private readonly ConcurrentQueue<(string Key, string Method)> _toolCalls = new();
    private readonly ConcurrentDictionary<int, int> _secretCalls = new();
    private AppHost? _host;
    private int _lastPage;
    private int _waiting;
    private int _cancelled;

    public OrielApp App => _host!.App;

    internal LogRecorder Log { get; } = new();

    /// <summary>How many calls of <c>wait</c> are under way.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>How many calls of <c>wait</c> were cancelled so far.</summary>
    public int Cancelled => Volatile.Read(ref _cancelled);

    public async ValueTask InitializeAsync() =>
        _host = await AppHost.StartAsync(
            // A window that only its time-out shows is one that a test waits for in vain.
            static () => new GtkEngine(new GtkEngineOptions { HiddenTimeout = 2 * Eventually.Timeout }),
            builder =>
            {
                builder.Options = builder.Options with { ContentSecurityPolicy = Permissive };
                builder.Json(StreamJson.Default).ConfigureLogging(logging => logging.AddProvider(Log));
                builder.Capabilities
                    .Define("echo", static echo => echo.AllowCommands("echo"))
                    .GrantTo("evil://granted", window: null, "echo")
                    .GrantTo("evil://named", window: "named", "echo")
                    .GrantTo(Bridged, window: null, "echo");
            },
            Setup);

    public async ValueTask DisposeAsync() => await _host!.DisposeAsync();

    /// <summary>Adds a page of the app.</summary>
    /// <returns>Its path.</returns>
    public string AddPage(string html)
    {
        var path = $"page{Interlocked.Increment(ref _lastPage)}.html";
        App.Assets.AddText(path, html);
        return path;
    }

    /// <summary>Adds a page of an origin of lower trust, whose policy allows everything.</summary>
    /// <returns>Its address.</returns>
    public string AddLowerPage(string html, string origin = Lower)
    {
        var path = $"page{Interlocked.Increment(ref _lastPage)}.html";
        App.Origins.All.Single(other => other.Origin == origin).Assets.AddText(path, html);
        return $"{origin}/{path}";
    }

    /// <summary>Adds a page of a foreign origin.</summary>
    /// <returns>Its address.</returns>
    public string AddForeignPage(string html, string host = "site")
    {
        var address = $"evil://{host}/page{Interlocked.Increment(ref _lastPage)}.html";
        _foreignPages[address] = html;
        return address;
    }

    /// <summary>Opens a window and waits for its bridge, and until its page is loaded.</summary>
    internal async Task<Page> OpenAsync(string html = "<!doctype html><title>Test</title><body>", WindowOptions? options = null)
    {
        var page = await OpenBareAsync((options ?? new WindowOptions()) with { Url = AddPage(html) });
        await page.Window.WhenReadyAsync().InTime();
        await page.Loaded.InTime();
        return page;
    }

    /// <summary>Opens a window, whatever it shows.</summary>
    internal Task<Page> OpenBareAsync(WindowOptions options) => App.Dispatcher.InvokeAsync(() => new Page(App, App.CreateWindow(options))).InTime();

    /// <summary>How often the command <c>secret</c> was called from a window.</summary>
    public int SecretCalls(Window window) => _secretCalls.GetValueOrDefault(window.Id);

    /// <summary>How often a request for <c>tool://do/KEY</c> reached its handler.</summary>
    public int ToolCalls(string key) => ToolMethods(key).Count();

    /// <summary>By which methods <c>tool://do/KEY</c> was asked for.</summary>
    public IEnumerable<string> ToolMethods(string key) => _toolCalls.Where(call => call.Key == key).Select(static call => call.Method);

    private void Setup(OrielApp app)
    {
        app.Assets.AddText("secret.js", "window.stolen = (window.stolen ?? 0) + 1");
        app.Assets.AddText("secret.css", "html { outline: 7px solid }");
        app.Assets.AddText("secret.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>");
        foreach (var name in (string[])["lower", "bridged"])
        {
            app.Origins.Add(name).ContentSecurityPolicy = Permissive;
        }

        app.Protocols.Map("evil", request => _foreignPages.TryGetValue(request.Address.OriginalString, out var html)
            ? ProtocolResponse.Text(html, "text/html; charset=utf-8")
            : ProtocolResponse.Error(404, "No such page."));
        app.Protocols.Map("tool", Use);
        app.Protocols.Map("endless", static request => new ProtocolResponse { ContentType = "text/css", Stream = new EndlessStream() });

        app.Commands.MapRaw("echo", static context =>
        {
            context.Result.Write(context.Arguments.Span);
            return ValueTask.CompletedTask;
        });
        app.Commands.MapRaw("size", static context =>
        {
            context.Result.Write(Encoding.UTF8.GetBytes($"{context.Arguments.Length}"));
            return ValueTask.CompletedTask;
        });
        app.Commands.MapRaw("secret", context =>
        {
            _secretCalls.AddOrUpdate(context.Window.Id, 1, static (_, count) => count + 1);
            return ValueTask.CompletedTask;
        });
        app.Commands.MapRaw("wait", async context =>
        {
            Interlocked.Increment(ref _waiting);
            try
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            }
            catch (OperationCanceledException)
            {
                Interlocked.Increment(ref _cancelled);
                throw;
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
            }
        });
        app.Commands.MapRaw("count", static async context =>
        {
            // A stream without end.
            for (var item = 0; ; item++)
            {
                await context.SendItemAsync(Encoding.UTF8.GetBytes($"{item}"));
            }
        });
    }

    private async ValueTask<ProtocolResponse> Use(ProtocolRequest request)
    {
        _toolCalls.Enqueue((request.Address.AbsolutePath.Trim('/'), request.Method));
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return ProtocolResponse.Text($"{request.Method} {body.Length}");
    }
}
