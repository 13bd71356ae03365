using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Oriel.Components.Tests.Serving;

/// <summary>A page of a browser as its server sees it: a WebSocket, well or badly behaved.</summary>
internal sealed class BrowserPage(ClientWebSocket socket, ServedApp served) : IDisposable
{
    private long _sent;
    private long _applied;

    public ClientWebSocket Socket => socket;

    public string Session { get; private set; } = "";

    public long Applied => _applied;

    /// <summary>Begins as a page does, and reads until it has what the component rendered first.</summary>
    public async Task<BrowserPage> BeginAsync(string path = "/")
    {
        await SendAsync($$"""["start",{"url":"{{served.Origin}}{{path}}","scheme":"light"}]""");
        var hello = await ReadAsync();
        Session = (string)hello[3]!["session"]!;
        await ReadFrameAsync();
        return this;
    }

    /// <summary>Goes on with a session.</summary>
    public Task ResumeAsync(string session, long applied) =>
        SendAsync($$$"""["start",{"url":"{{{served.Origin}}}/","scheme":"light","resume":{"session":"{{{session}}}","applied":{{{applied}}}}}]""");

    /// <summary>Clicks the one button of the counter: its handler is the first.</summary>
    public Task ClickAsync() => ClickAsync(++_sent);

    /// <summary>Clicks with the number of a message.</summary>
    public Task ClickAsync(long number) => SendAsync($$"""[{{number}},{{_applied}},"event",{{Handler}},"click",null,{"type":"click","detail":1,"screenX":0,"screenY":0,"clientX":0,"clientY":0,"offsetX":0,"offsetY":0,"pageX":0,"pageY":0,"movementX":0,"movementY":0,"button":0,"buttons":0,"ctrlKey":false,"shiftKey":false,"altKey":false,"metaKey":false}]""");

    public long Handler { get; set; } = 1;

    public Task SendAsync(string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    /// <summary>The next message.</summary>
    public async Task<JsonArray> ReadAsync() =>
        await TryReadAsync() is { } message ? message : throw new InvalidOperationException($"The connection was closed: {(int?)socket.CloseStatus}.");

    /// <summary>The next frame of the session.</summary>
    public async Task<JsonArray> ReadFrameAsync()
    {
        while (true)
        {
            var message = await ReadAsync();
            if (message[0]!.GetValueKind() == System.Text.Json.JsonValueKind.Number && message[2]!.GetValueKind() == System.Text.Json.JsonValueKind.Number)
            {
                return message;
            }
        }
    }

    /// <summary>Reads until the counter shows a number.</summary>
    public async Task ShowsAsync(int count)
    {
        while (!(await ReadFrameAsync()).ToJsonString().EndsWith($",5,1,\"{count}\",7]", StringComparison.Ordinal))
        {
        }
    }

    /// <summary>Reads until there is a control message of a kind.</summary>
    public async Task<JsonArray> ReadAsync(string kind)
    {
        while (true)
        {
            var message = await ReadAsync();
            if (message is [_, _, JsonValue third, ..] && third.TryGetValue<string>(out var found) && found == kind)
            {
                return message;
            }
        }
    }

    /// <summary>Reads until the server closes the connection.</summary>
    /// <returns>Why it does.</returns>
    public async Task<int?> ReadEndAsync()
    {
        try
        {
            while (await TryReadAsync() is not null)
            {
            }
        }
        catch (WebSocketException)
        {
            return null;
        }

        return (int?)socket.CloseStatus;
    }

    public void Dispose() => socket.Dispose();

    /// <summary>The next message; null when the server closes the connection instead.</summary>
    public async Task<JsonArray?> TryReadAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        var bytes = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(), limit.Token);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            bytes.Write(buffer, 0, read.Count);
            if (read.EndOfMessage)
            {
                break;
            }
        }

        var message = (JsonArray)JsonNode.Parse(bytes.ToArray())!;
        if (message[0]!.GetValueKind() == System.Text.Json.JsonValueKind.Number)
        {
            _applied = Math.Max(_applied, (long)message[0]!);
        }

        return message;
    }
}
