using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Oriel.Ipc;
using Oriel.Testing;

namespace Oriel.Engine.Conformance;

/// <summary>Plays a page of the headless engine.</summary>
internal sealed class HeadlessDriver(AppHost host, Window window) : IPageDriver
{
    private readonly ConcurrentQueue<string> _record = new();

    public Window Window => window;

    public async Task<bool> HasBridgeAsync() => (await PageAsync()).HasBridge;

    public async Task<string> InvokeAsync(string name, string arguments = "null", CancellationToken cancellationToken = default) =>
        await Translate((await PageAsync()).InvokeAsync(name, arguments, cancellationToken: cancellationToken));

    public async Task<Task<string>[]> InvokeInOneTurnAsync(params (string Name, string Arguments)[] calls)
    {
        var page = await PageAsync();
        Task<string>[] answers = [];
        await page.TurnAsync(() => answers = [.. calls.Select(call => Translate(page.InvokeAsync(call.Name, call.Arguments)))]);
        return answers;
    }

    public async Task InvokeAndCancelAsync(string name)
    {
        var page = await PageAsync();
        using var cancellation = new CancellationTokenSource();
        var answer = Task.FromResult("");
        await page.TurnAsync(() =>
        {
            answer = page.InvokeAsync(name, cancellationToken: cancellation.Token);
            cancellation.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    public async Task<string[]> InvokeManyAsync(string name, int count)
    {
        var page = await PageAsync();
        return await Task.WhenAll(Enumerable.Range(0, count).Select(i => page.InvokeAsync(name, $"{i}"))).Soon();
    }

    public async IAsyncEnumerable<string> StreamAsync(string name, string arguments = "null", int credit = 32)
    {
        await using var items = (await PageAsync()).StreamAsync(name, arguments, credit).GetAsyncEnumerator();
        while (await Translate(items.MoveNextAsync().AsTask().Soon()))
        {
            yield return items.Current;
        }
    }

    public async Task EmitAsync(string name, string data = "null") => await Translate(Task.Run(async () =>
    {
        await (await PageAsync()).EmitAsync(name, data).Soon();
        return true;
    }));

    public async Task EmitManyAsync(string name, int count)
    {
        var page = await PageAsync();
        Task[] accepted = [];
        await page.TurnAsync(() => accepted = [.. Enumerable.Range(0, count).Select(i => page.EmitAsync(name, $"{i}"))]);
        await Task.WhenAll(accepted).Soon();
    }

    public async Task DispatchAsync(string name, string detail = "null") => (await PageAsync()).DispatchEvent(name, detail);

    public async Task RecordAsync(params string[] names)
    {
        var page = await PageAsync();
        foreach (var name in names)
        {
            page.On(name, data => _record.Enqueue($"{name} {data}"));
        }
    }

    public async Task RecordStatesAsync() => (await PageAsync()).OnStateChange(data => _record.Enqueue($"state {data}"));

    public async Task RecordAnswerAsync(string name, string arguments = "null")
    {
        var answer = await InvokeAsync(name, arguments);
        _record.Enqueue($"answer {answer}");
    }

    public async Task<string[]> RecordedAsync(int count)
    {
        await Patience.UntilAsync(() => _record.Count >= count, $"{count} entries of the record");
        return [.. _record];
    }

    public async Task StopReadingAsync() => (await PageAsync()).StopReading();

    public async Task ResumeReadingAsync() => (await PageAsync()).ResumeReading();

    public async Task<string> PostRequestAsync(string id, string line)
    {
        var reply = await (await PageAsync()).PostAsync(line).Soon();
        return reply.StartsWith('!') ? reply[1..] : reply[(reply.IndexOf('\n') + 1)..].TrimEnd('\n');
    }

    public async Task SignalUpAsync(string detail) => (await PageAsync()).SignalUp(detail);

    public async Task<FetchedResponse> FetchAsync(string url, string method = "GET", IReadOnlyDictionary<string, string>? headers = null, byte[]? body = null)
    {
        try
        {
            await using var response = await (await PageAsync()).FetchAsync(url, method, headers, body).Soon();
            return new FetchedResponse(response.Status, response.Headers, await response.ReadBytesAsync().Soon());
        }
        catch (HttpRequestException)
        {
            return FetchedResponse.NetworkError;
        }
    }

    public async IAsyncEnumerable<string> FetchPiecesAsync(string url)
    {
        await using var response = await (await PageAsync()).FetchAsync(url).Soon();
        var buffer = new byte[1024];
        int count;
        while ((count = await response.Body.ReadAsync(buffer).AsTask().Soon()) > 0)
        {
            yield return Encoding.UTF8.GetString(buffer, 0, count);
        }
    }

    public async Task<string> RelayAsync(string from, string to) => (await FetchAsync(to, "POST", body: (await FetchAsync(from)).Body)).Text;

    public async Task<string> SendBytesAsync(string name, string kind, int length)
    {
        var page = await PageAsync();
        var bytes = Pattern.Of(length);
        return await Translate(page.InvokeAsync(name, kind == "ReadableStream" ? page.AddBody(new MemoryStream(bytes)) : page.AddBody(bytes)));
    }

    public async Task<BytesSeen> ReceiveBytesAsync(string name, string arguments = "null")
    {
        var page = await PageAsync();
        return await Translate(SeenAsync(page, await Translate(page.InvokeAsync(name, arguments))));
    }

    public async Task<(string Title, BytesSeen[] Bytes)> RelayNestedAsync(string name)
    {
        var page = await PageAsync();
        string Bytes(int length) => page.AddBody(Pattern.Of(length));
        using var json = JsonDocument.Parse(await page.InvokeAsync(name, $$"""{"title":"t","picture":{{Bytes(10)}},"more":[{{Bytes(20)}},{{Bytes(30)}}]}"""));
        JsonElement[] bytes = [json.RootElement.GetProperty("picture"), .. json.RootElement.GetProperty("more").EnumerateArray()];
        return (json.RootElement.GetProperty("title").GetString()!, await Task.WhenAll(bytes.Select(reference => SeenAsync(page, reference.GetRawText()))));
    }

    public async Task ReceiveAndCancelAsync(string name)
    {
        var page = await PageAsync();
        await using var body = await page.OpenBodyAsync(await page.InvokeAsync(name));
        await body.ReadExactlyAsync(new byte[1]).AsTask().Soon();
    }

    public async Task<bool> SendEndlessAsync(string name)
    {
        var page = await PageAsync();
        var endless = new EndlessStream();
        await Translate(page.InvokeAsync(name, page.AddBody(endless)));
        await endless.Disposed.Soon();
        return true;
    }

    public async Task NavigateAsync(string url) => _ = (await PageAsync()).NavigateAsync(url);

    public async Task GoBackAsync() => _ = (await PageAsync()).GoBackAsync();

    public async Task GoForwardAsync() => _ = (await PageAsync()).GoForwardAsync();

    public async Task SetTitleAsync(string title) => (await PageAsync()).Title = title;

    public async ValueTask DisposeAsync() => await EngineWindows.CloseAsync(window);

    private static async Task<BytesSeen> SeenAsync(HeadlessPage page, string reference)
    {
        using var json = JsonDocument.Parse(reference);
        var bytes = await page.ReadBodyAsync(reference).Soon();
        return new BytesSeen(json.RootElement.GetProperty("kind").GetString()!, bytes.Length, Pattern.HashOf(bytes));
    }

    private async Task<HeadlessPage> PageAsync() => await host.PageOfAsync(window).Soon();

    private static async Task<T> Translate<T>(Task<T> call)
    {
        try
        {
            return await call;
        }
        catch (IpcException exception)
        {
            var data = exception.Error.Data.IsEmpty ? null : Encoding.UTF8.GetString(exception.Error.Data.Span);
            throw new PageErrorException(exception.Error.Code, exception.Message, data);
        }
    }
}
