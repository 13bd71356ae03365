using System.Text.Json;

namespace Oriel.Engines.Gtk.Tests;

/// <summary>A window of a test; closed with it.</summary>
internal sealed class Page : IAsyncDisposable
{
    private readonly OrielApp _app;
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Page(OrielApp app, Window window)
    {
        _app = app;
        Window = window;
        window.LoadFinished += (_, _) => _loaded.TrySetResult();
    }

    public Window Window { get; }

    /// <summary>Completes when the first load has ended.</summary>
    public Task Loaded => _loaded.Task;

    /// <summary>A JavaScript string.</summary>
    public static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    /// <summary>Runs the body of an async function in the page.</summary>
    public async Task<JsonElement> RunAsync(string body) => Parse(await Window.EvaluateAsync(body).InTime());

    /// <summary>Runs a call in the page; gives its result, or <c>error</c> with code, name and message.</summary>
    public Task<JsonElement> TryAsync(string expression) => RunAsync(
        $$"""
        try {
          return { value: (await ({{expression}})) ?? null };
        } catch (error) {
          return { error: { code: error.code ?? null, name: error.name, message: String(error.message).slice(0, 500) } };
        }
        """);

    /// <summary>Loads another address and waits until that is done.</summary>
    public async Task LoadAsync(string url, bool bridge = false)
    {
        var finished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Finish(object? sender, LoadFinishedEventArgs arguments) => finished.TrySetResult();

        Window.LoadFinished += Finish;
        Window.LoadUrl(url, bridge);
        await finished.Task.InTime();
        Window.LoadFinished -= Finish;
    }

    /// <summary>Waits until an expression is true in the page, whichever that is by then.</summary>
    public async Task UntilAsync(string expression)
    {
        for (var started = DateTime.UtcNow; DateTime.UtcNow - started < Eventually.Timeout;)
        {
            try
            {
                if ((await RunAsync($"return !!({expression})")).GetBoolean())
                {
                    return;
                }
            }
            catch (ScriptException)
            {
                // The document went while it was asked.
            }

            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"Never true: {expression}");
    }

    /// <summary>The native handle.</summary>
    public Task<nint> HandleAsync() => _app.Dispatcher.InvokeAsync(() => Window.Handle);

    public async ValueTask DisposeAsync()
    {
        Window.Close();
        await Eventually.TrueAsync(() => !_app.Windows.Contains(Window), "the window is closed");
    }

    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1024 });
        return document.RootElement.Clone();
    }
}
