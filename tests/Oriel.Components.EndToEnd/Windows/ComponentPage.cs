using System.Diagnostics;
using System.Text.Json;
using Oriel.Engines;

namespace Oriel.Components.EndToEnd;

/// <summary>A window of components, as a test uses it.</summary>
internal sealed class ComponentPage(OrielApp app, Window window) : IAsyncDisposable
{
    /// <summary>How long a test waits for what has to happen, on a busy machine.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    public Window Window => window;

    public async Task LoadedAsync() => await window.WhenReadyAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

    /// <summary>Runs the body of an async function in the page; its result is JSON.</summary>
    public async Task<JsonElement> RunAsync(string script) => JsonDocument.Parse(await window.EvaluateAsync(script).WaitAsync(Patience, TestContext.Current.CancellationToken)).RootElement;

    /// <summary>Waits until an expression is true in the page, looking once a frame; also over a document that takes this one's place.</summary>
    public async Task UntilAsync(string expression)
    {
        var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (true)
        {
            try
            {
                // Ends by itself: the next document may come while it looks.
                if ((await RunAsync($"for (let i = 0; i < 60; i++) {{ if ({expression}) return true; await new Promise(requestAnimationFrame); }} return false;")).GetBoolean())
                {
                    return;
                }
            }
            catch (ScriptException) when (Environment.TickCount64 < deadline)
            {
                // The document went, or what the expression looks at is not there yet.
                await Task.Yield();
            }

            if (Environment.TickCount64 > deadline)
            {
                Assert.Fail($"The page did not come to: {expression}. It shows: {await RunAsync("return document.body.innerText")}");
            }
        }
    }

    public Task ShowsAsync(string selector) => UntilAsync($"document.querySelector({Quote(selector)}) !== null");

    public Task ShowsAsync(string selector, string text) => UntilAsync($"document.querySelector({Quote(selector)})?.textContent.trim() === {Quote(text)}");

    /// <summary>Clicks what a selector finds, once it is there and enabled.</summary>
    public async Task ClickAsync(string selector)
    {
        await UntilAsync($"document.querySelector({Quote(selector)})?.disabled !== true && document.querySelector({Quote(selector)}) !== null");
        await RunAsync($"document.querySelector({Quote(selector)}).click()");
    }

    /// <summary>Clicks with the mouse, in the middle of what a selector finds.</summary>
    public async Task MouseAsync(string selector)
    {
        var box = await RunAsync($"const box = document.querySelector({Quote(selector)}).getBoundingClientRect(); return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];");
        var handle = await app.Dispatcher.InvokeAsync(() => window.Handle);
        await ToolAsync("mousemove", "--window", $"{handle}", $"{box[0]}", $"{box[1]}");
        await ToolAsync("click", "1");
    }

    /// <summary>Enters a text as a person does who then leaves the field.</summary>
    public Task ChangeAsync(string selector, string text) => RunAsync($$"""
        const field = document.querySelector({{Quote(selector)}});
        field.focus();
        field.value = {{Quote(text)}};
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.dispatchEvent(new Event("change", { bubbles: true }));
        """);

    /// <summary>Adds an item to the to-do list.</summary>
    public async Task AddAsync(string title)
    {
        await ChangeAsync("#title", title);
        await ClickAsync("form button");
        await ShowsAsync("li a", title);
    }

    /// <summary>Waits for the window's title.</summary>
    public async Task TitleAsync(string title)
    {
        var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (window.Title != title)
        {
            Assert.True(Environment.TickCount64 < deadline, $"The window's title is \"{window.Title}\".");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Moves the mouse and types, as far as the window system can tell.</summary>
    public static async Task ToolAsync(params string[] arguments)
    {
        using var tool = Process.Start(new ProcessStartInfo("xdotool", arguments))!;
        await tool.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(0, tool.ExitCode);
    }

    /// <summary>Takes a picture of the page, and keeps it where pictures are wanted.</summary>
    public async Task<byte[]> PictureAsync(string name)
    {
        var picture = await window.SnapshotAsync().WaitAsync(Patience, TestContext.Current.CancellationToken);
        if (Environment.GetEnvironmentVariable("ORIEL_TEST_PICTURES") is { Length: > 0 } folder)
        {
            await File.WriteAllBytesAsync(Path.Join(folder, $"{name}.png"), picture, TestContext.Current.CancellationToken);
        }

        return picture;
    }

    public static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    public async ValueTask DisposeAsync()
    {
        if (window.IsClosed)
        {
            return;
        }

        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        window.Closed += (_, _) => closed.TrySetResult();
        window.Close();
        await closed.Task.WaitAsync(Patience);
    }
}
