using System.Text.Json;
using System.Text.Json.Nodes;
using Oriel.Ipc;
using Oriel.Testing;

namespace Oriel.Components.Tests;

/// <summary>A document of a window without a screen, with the session that its page has opened.</summary>
internal sealed class WindowDocument(HeadlessPage page)
{
    private readonly Lock _gate = new();
    private readonly List<JsonArray> _messages = [];
    private long _number;

    public HeadlessPage Page => page;

    /// <summary>Completes when the session's stream ends.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    public string Session => (string)One("hello")[3]!["session"]!;

    /// <summary>All messages so far, in the order of their numbers.</summary>
    public IReadOnlyList<JsonArray> Messages
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages.OrderBy(static message => (long)message[0]!)];
            }
        }
    }

    /// <summary>What the page would show, as far as the texts of frames tell.</summary>
    public string Text => string.Join('\n', Messages.Select(static message => message.ToJsonString()));

    /// <summary>Opens a session, and waits for the first frame.</summary>
    public static async Task<WindowDocument> OpenAsync(HeadlessPage page)
    {
        var document = new WindowDocument(page);
        document.Ended = document.ReadAsync();
        await Soon.UntilAsync(() => document.Messages.Any(static message => message[2]!.GetValueKind() == JsonValueKind.Number) || document.Ended.IsCompleted);
        await Soon.UntilAsync(() => document.Messages.Count > 1 || document.Ended.IsFaulted);
        return document;
    }

    public static string Start(string url) => JsonSerializer.Serialize(new { url, scheme = "light" });

    /// <summary>The handler for clicks that the last frame with one brought.</summary>
    public long ClickHandler
    {
        get
        {
            var frame = Messages.Last(static message => message.ToJsonString().Contains("\"click\","));
            var members = frame.ToList();
            return (long)members[members.FindIndex(static member => member?.GetValueKind() == JsonValueKind.String && (string?)member == "click") + 1]!;
        }
    }

    /// <summary>Clicks on what the last frame with a handler brought.</summary>
    public Task ClickAsync() => SendAsync("event", ClickHandler, "click", null, new { });

    public Task SendAsync(params object?[] message) => SendAsAsync(Session, message);

    /// <summary>Sends a message to a session of any id.</summary>
    public async Task SendAsAsync(string session, params object?[] message)
    {
        object?[] numbered = [++_number, Messages.Count == 0 ? 0 : (long)Messages[^1][0]!, .. message];
        Take(JsonNode.Parse(await page.InvokeAsync("oriel.ui.send", JsonSerializer.Serialize(new object[] { session, numbered }))));
    }

    public async Task<IpcErrorCode> RefusalAsync(string command, string arguments)
    {
        var exception = await Assert.ThrowsAsync<IpcException>(() => page.InvokeAsync(command, arguments));
        return exception.Code;
    }

    public JsonArray One(string kind) => Messages.Single(message => message[2]!.GetValueKind() == JsonValueKind.String && (string?)message[2] == kind);

    private async Task ReadAsync()
    {
        await foreach (var item in page.StreamAsync("oriel.ui.open", Start(page.Address)))
        {
            lock (_gate)
            {
                _messages.Add(JsonNode.Parse(item)!.AsArray());
            }
        }
    }

    private void Take(JsonNode? answer)
    {
        lock (_gate)
        {
            _messages.AddRange(answer?.AsArray().Select(static message => message!.DeepClone().AsArray()) ?? []);
        }
    }
}
