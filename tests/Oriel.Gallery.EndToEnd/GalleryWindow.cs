using System.Text.Json;
using Oriel;

namespace Gallery.EndToEnd;

/// <summary>A window of the Gallery, as a test uses it.</summary>
internal sealed class GalleryWindow(Window window) : IAsyncDisposable
{
    /// <summary>How long a test waits for what has to happen, on a busy machine.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    public Window Window => window;

    /// <summary>Runs the body of an async function in the page; its result is JSON.</summary>
    public async Task<JsonElement> RunAsync(string script)
    {
        var json = await window.EvaluateAsync(script).WaitAsync(Patience, TestContext.Current.CancellationToken);
        return JsonDocument.Parse(json).RootElement;
    }

    /// <summary>Waits until an expression is true in the page, looking once a frame.</summary>
    public async Task UntilAsync(string expression)
    {
        try
        {
            await RunAsync($"while (!({expression})) await new Promise(requestAnimationFrame);");
        }
        catch (TimeoutException)
        {
            Assert.Fail($"The page did not come to: {expression}");
        }
    }

    /// <summary>The text of an element.</summary>
    public async Task<string> TextAsync(string selector) =>
        (await RunAsync($"return document.querySelector({Quote(selector)}).textContent")).GetString()!;

    /// <summary>Clicks an element once it is enabled: a click on a disabled one is lost, and a page may enable it a frame later than it shows the rest.</summary>
    public async Task ClickAsync(string selector)
    {
        await UntilAsync($"!document.querySelector({Quote(selector)}).disabled");
        await RunAsync($"document.querySelector({Quote(selector)}).click()");
    }

    /// <summary>Types into a field, in place of what it holds.</summary>
    public Task TypeAsync(string selector, string text) => RunAsync($$"""
        const field = document.querySelector({{Quote(selector)}});
        field.value = {{Quote(text)}};
        field.dispatchEvent(new Event("input", { bubbles: true }));
        """);

    /// <summary>Selects the row of a table that begins with a text.</summary>
    public async Task SelectRowAsync(string table, string text)
    {
        var row = $"[...document.querySelectorAll({Quote(table + " .grid-body .grid-row")})].find(row => !row.hidden && row.textContent.startsWith({Quote(text)}))";

        await UntilAsync(row);
        await RunAsync($$"""
            const row = {{row}};
            const { left, top } = row.getBoundingClientRect();
            row.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, button: 0, clientX: left + 1, clientY: top + 1 }));
            """);
    }

    public async Task<Picture> SnapshotAsync() => Picture.FromPng(await window.SnapshotAsync());

    public static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    public async ValueTask DisposeAsync()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        window.Closed += (_, _) => closed.TrySetResult();
        window.Close();
        await closed.Task.WaitAsync(Patience);
    }
}
