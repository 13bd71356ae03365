using System.Text.Json;
using Oriel;

namespace Todo.EndToEnd;

/// <summary>A window of the sample, as a test uses it.</summary>
internal sealed class TodoWindow(Window window) : IAsyncDisposable
{
    /// <summary>How long a test waits for what has to happen, on a busy machine.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    public Window Window => window;

    /// <summary>Waits until the document has its bridge, and its page what C# shares.</summary>
    public async Task LoadedAsync()
    {
        await window.WhenReadyAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await UntilAsync("/[1-9]|one/.test(document.querySelector('#windows')?.textContent ?? '')");
    }

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
            Assert.Fail($"The page did not come to: {expression}. It shows: {await RunAsync("return document.body.innerText")}");
        }
    }

    /// <summary>Waits until the list shows these, in this order.</summary>
    public Task ShowsAsync(params string[] texts) =>
        UntilAsync($"JSON.stringify([...document.querySelectorAll('#todos li span')].map(span => span.textContent)) === {Quote($"[{string.Join(',', texts.Select(Quote))}]")}");

    /// <summary>The check box of an item.</summary>
    public static string Box(string text) => $"[...document.querySelectorAll('#todos li')].find(item => item.querySelector('span').textContent === {Quote(text)}).querySelector('input')";

    public Task ClickAsync(string element) => RunAsync($"({element}).click()");

    /// <summary>Types into a field, as far as React can tell.</summary>
    public Task TypeAsync(string selector, string text) => RunAsync($$"""
        const field = document.querySelector({{Quote(selector)}});
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, {{Quote(text)}});
        field.dispatchEvent(new Event("input", { bubbles: true }));
        """);

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
