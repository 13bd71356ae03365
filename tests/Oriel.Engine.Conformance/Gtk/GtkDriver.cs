using System.Globalization;
using System.Text.Json;
using Oriel.Protocols;

namespace Oriel.Engine.Conformance;

/// <summary>Plays a page in WebKit, by running scripts in it.</summary>
internal sealed class GtkDriver(EngineFixture fixture, Window window) : IPageDriver
{
    private static readonly string Prelude = LoadPrelude();

    private readonly TaskCompletionSource _resume = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _lastHeld;

    public Window Window => window;

    public async Task<bool> HasBridgeAsync() => await RunAsync("return typeof oriel !== 'undefined'") == "true";

    public async Task<string> InvokeAsync(string name, string arguments = "null", CancellationToken cancellationToken = default)
    {
        if (!cancellationToken.CanBeCanceled)
        {
            return await AttemptAsync($"driver.answer(await oriel.invoke({Text(name)}, {Data(arguments)}))");
        }

        var held = Hold();
        await RunAsync($"driver.held[{held}] = new AbortController()");
        var answer = AttemptAsync($"driver.answer(await oriel.invoke({Text(name)}, {Data(arguments)}, {{ signal: driver.held[{held}].signal }}))");
        await using var registration = cancellationToken.Register(() => _ = RunAsync($"driver.held[{held}].abort()"));
        return await answer;
    }

    public async Task<Task<string>[]> InvokeInOneTurnAsync(params (string Name, string Arguments)[] calls)
    {
        var first = _lastHeld + 1;
        _lastHeld += calls.Length;
        await RunAsync(string.Concat(calls.Select((call, i) =>
            $"driver.held[{first + i}] = oriel.invoke({Text(call.Name)}, {Data(call.Arguments)}); driver.held[{first + i}].catch(() => {{}});")));
        return [.. calls.Select((_, i) => AttemptAsync($"driver.answer(await driver.held[{first + i}])"))];
    }

    public async Task InvokeAndCancelAsync(string name) => await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAttemptAsync(
        $"const c = new AbortController(); const answer = oriel.invoke({Text(name)}, null, {{ signal: c.signal }}); c.abort(); await answer;"));

    public async Task<string[]> InvokeManyAsync(string name, int count)
    {
        var answers = await RunAsync(
            $"return (await Promise.all(Array.from({{ length: {count} }}, (_, i) => oriel.invoke({Text(name)}, i)))).map(driver.answer)");
        return Strings(answers);
    }

    public async IAsyncEnumerable<string> StreamAsync(string name, string arguments = "null", int credit = 32)
    {
        var held = Hold();
        await RunAsync($"driver.held[{held}] = oriel.stream({Text(name)}, {Data(arguments)}, {{ credit: {credit} }})[Symbol.asyncIterator]()");
        try
        {
            for (; ; )
            {
                var item = await AttemptAsync($"await driver.held[{held}].next().then(({{ value, done }}) => done ? '' : driver.answer(value))");
                if (item.Length == 0)
                {
                    yield break;
                }

                yield return item;
            }
        }
        finally
        {
            await RunAsync($"await driver.held[{held}].return()");
        }
    }

    public async Task EmitAsync(string name, string data = "null") => await AttemptAsync($"(await oriel.emit({Text(name)}, {Data(data)}), '')");

    public async Task EmitManyAsync(string name, int count) =>
        await RunAsync($"await Promise.all(Array.from({{ length: {count} }}, (_, i) => oriel.emit({Text(name)}, i)))");

    public async Task DispatchAsync(string name, string detail = "null") =>
        await RunAsync($"window.dispatchEvent(new CustomEvent({Text(name)}, {{ detail: {Data(detail)} }}))");

    public async Task RecordAsync(params string[] names) => await AttemptAsync($"(driver.listen([{string.Join(',', names.Select(Text))}]), '')");

    public async Task RecordStatesAsync() => await RunAsync("driver.recordStates(); return ''");

    public async Task RecordAnswerAsync(string name, string arguments = "null") =>
        await RunAsync($"driver.write(`answer ${{driver.answer(await oriel.invoke({Text(name)}, {Data(arguments)}))}}`)");

    public async Task<string[]> RecordedAsync(int count) => Strings(await RunAsync($"return await driver.recorded({count})"));

    // A synchronous request that is not answered holds the page's thread.
    public async Task StopReadingAsync()
    {
        var isBlocked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var origin = fixture.Serve("test", async _ =>
        {
            isBlocked.TrySetResult();
            await _resume.Task;
            return ProtocolResponse.Text("");
        });

        // Its end is told only when the page goes on.
        _ = window.EvaluateAsync($"{Prelude}\ndriver.block('{origin}/hold')");
        await isBlocked.Task.Soon();
    }

    public Task ResumeReadingAsync()
    {
        _resume.TrySetResult();
        return Task.CompletedTask;
    }

    public async Task<string> PostRequestAsync(string id, string line) =>
        Unquote(await RunAsync($"return await driver.post({Text(id)}, {Text(line)})"));

    public async Task SignalUpAsync(string detail) => await RunAsync($"window.dispatchEvent(new CustomEvent('oriel:up', {{ detail: {Text(detail)} }}))");

    public async Task<FetchedResponse> FetchAsync(string url, string method = "GET", IReadOnlyDictionary<string, string>? headers = null, byte[]? body = null)
    {
        var sent = string.Join(',', (headers ?? new Dictionary<string, string>()).Select(static header => $"{Text(header.Key)}:{Text(header.Value)}"));
        var bytes = body is null ? "null" : $"[{string.Join(',', body.Select(static b => b.ToString(CultureInfo.InvariantCulture)))}]";

        using var json = JsonDocument.Parse(await RunAsync($"return await driver.fetch({Text(url)}, {Text(method)}, {{{sent}}}, {bytes})"));
        var response = json.RootElement;
        return new FetchedResponse(
            response.GetProperty("status").GetInt32(),
            response.GetProperty("headers").EnumerateObject().ToDictionary(static header => header.Name, static header => header.Value.GetString()!, StringComparer.OrdinalIgnoreCase),
            [.. response.GetProperty("body").EnumerateArray().Select(static b => b.GetByte())]);
    }

    public async IAsyncEnumerable<string> FetchPiecesAsync(string url)
    {
        var held = Hold();
        await RunAsync($"driver.held[{held}] = (await fetch({Text(url)})).body.pipeThrough(new TextDecoderStream()).getReader()");
        for (; ; )
        {
            var piece = Unquote(await RunAsync($"return (await driver.held[{held}].read()).value ?? ''"));
            if (piece.Length == 0)
            {
                yield break;
            }

            yield return piece;
        }
    }

    public async Task<string> RelayAsync(string from, string to) => Unquote(await RunAsync(
        $"const body = await (await fetch({Text(from)})).arrayBuffer(); return await (await fetch({Text(to)}, {{ method: 'POST', body }})).text()"));

    public Task<string> SendBytesAsync(string name, string kind, int length) =>
        AttemptAsync($"driver.answer(await oriel.invoke({Text(name)}, driver.bytes({Text(kind)}, {length})))");

    public async Task<BytesSeen> ReceiveBytesAsync(string name, string arguments = "null")
    {
        using var json = JsonDocument.Parse(await AttemptAsync($"driver.answer(await driver.seen(await oriel.invoke({Text(name)}, {Data(arguments)})))"));
        return Seen(json.RootElement);
    }

    public async Task<(string Title, BytesSeen[] Bytes)> RelayNestedAsync(string name)
    {
        using var json = JsonDocument.Parse(await AttemptAsync($$"""
            await (async () => {
              const bytes = (length) => driver.bytes("Uint8Array", length);
              const { title, picture, more } = await oriel.invoke({{Text(name)}}, { title: "t", picture: bytes(10), more: [bytes(20), bytes(30)] });
              return driver.answer({ title, bytes: await Promise.all([picture, ...more].map(driver.seen)) });
            })()
            """));
        return (json.RootElement.GetProperty("title").GetString()!, [.. json.RootElement.GetProperty("bytes").EnumerateArray().Select(Seen)]);
    }

    public async Task ReceiveAndCancelAsync(string name) =>
        await AttemptAsync($"await oriel.invoke({Text(name)}).then(async (stream) => {{ const reader = stream.getReader(); await reader.read(); await reader.cancel(); return ''; }})");

    public async Task<bool> SendEndlessAsync(string name) =>
        await AttemptAsync($$"""
            await new Promise((resolve, reject) => {
              const stream = new ReadableStream({ pull: (c) => c.enqueue(new Uint8Array(100_000)), cancel: () => resolve("cancelled") });
              oriel.invoke({{Text(name)}}, stream).catch(reject);
            })
            """) == "cancelled";

    // Later, so that the script that asks for it ends before its document does.
    public async Task NavigateAsync(string url) => await RunAsync($"setTimeout(() => {{ location.href = {Text(url)} }}, 0)");

    public async Task GoBackAsync() => await RunAsync("setTimeout(() => history.back(), 0)");

    public async Task GoForwardAsync() => await RunAsync("setTimeout(() => history.forward(), 0)");

    public async Task SetTitleAsync(string title) => await RunAsync($"document.title = {Text(title)}");

    public async ValueTask DisposeAsync()
    {
        _resume.TrySetResult();
        await EngineWindows.CloseAsync(window);
    }

    private static BytesSeen Seen(JsonElement seen) => new(seen.GetProperty("kind").GetString()!, seen.GetProperty("length").GetInt64(), seen.GetProperty("hash").GetString()!);

    private int Hold() => ++_lastHeld;

    private Task<string> RunAsync(string body) => window.EvaluateAsync($"{Prelude}\n{body}").Soon();

    private Task<string> AttemptAsync(string expression) => RunAttemptAsync($"return {expression}");

    private async Task<string> RunAttemptAsync(string body)
    {
        using var json = JsonDocument.Parse(await RunAsync($"return await driver.attempt(async () => {{ {body} }})"));
        if (!json.RootElement.TryGetProperty("error", out var error))
        {
            return json.RootElement.GetProperty("value").GetString()!;
        }

        if (error.GetProperty("name").GetString() == "AbortError")
        {
            throw new OperationCanceledException(error.GetProperty("message").GetString());
        }

        throw new PageErrorException(error.GetProperty("code").GetInt32(), error.GetProperty("message").GetString()!, error.GetProperty("data").GetString());
    }

    private static string Text(string text) => Json.Quote(text);

    // Read as JSON, not as a literal: __proto__ and duplicate keys mean something else there.
    private static string Data(string json) => $"JSON.parse({Json.Quote(json)})";

    private static string Unquote(string json) => Json.Unquote(json);

    private static string[] Strings(string json)
    {
        using var array = JsonDocument.Parse(json);
        return [.. array.RootElement.EnumerateArray().Select(static item => item.GetString()!)];
    }

    private static string LoadPrelude()
    {
        using var reader = new StreamReader(typeof(GtkDriver).Assembly.GetManifestResourceStream("driver.js")!);
        return reader.ReadToEnd();
    }
}
