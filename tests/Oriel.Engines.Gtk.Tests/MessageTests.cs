using System.Text.Json;

namespace Oriel.Engines.Gtk.Tests;

/// <summary>What a page can put into a message: it gets an error or the faithful value, and the bridge goes on.</summary>
public sealed class MessageTests(TestApp app)
{
    [Theory]
    [InlineData("undefined")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{ length: 3, toString() { return 'r1 x'; } }")]
    [InlineData("42")]
    [InlineData("new ArrayBuffer(8)")]
    [InlineData("''")]
    [InlineData("'r'")]
    [InlineData("'r '")]
    [InlineData("'r1'")]
    [InlineData("'r1 '")]
    [InlineData("'r1 {'")]
    [InlineData("'r1 [1,2]'")]
    [InlineData("'r1 {} {}'")]
    [InlineData("'r1 {\"type\":\"request\"}'")]
    [InlineData("'r1 {\"type\":\"request\",\"id\":1,\"method\":\"secret\"}'")]
    [InlineData("'r1 {\"type\":\"request\",\"id\":\"1\",\"id\":\"2\",\"method\":\"secret\"}'")]
    [InlineData("'r1 {\"type\":\"request\",\"id\":\"1\",\"method\":{}}'")]
    [InlineData("'r1 {\"type\":\"nonsense\",\"id\":\"1\"}'")]
    [InlineData("'r1 {\"type\":\"request\",\"id\":\"\\\\ud800\",\"method\":\"echo\"}'")]
    [InlineData("'r1 {\"type\":\"request\",\"id\":\"1\",\"method\":\"\\\\ud800\"}'")]
    [InlineData("'r1 {\"type\":\"request\",\"id\":\"1\",\"method\":\"x\\ud800\"}'")]
    [InlineData("'r1 {\"type\":\"request\",\"id\":\"1\",\"method\":\"x\\0y\"}'")]
    [InlineData("'r1 {\"type\":\"request\",\"id\":\"1\",\"method\":\"echo\",\"data\":1}\\n{\"type\":\"request\",\"id\":\"2\",\"method\":\"secret\"}'")]
    [InlineData("'r1 ' + '['.repeat(10_000)")]
    [InlineData("'r1 ' + 'x'.repeat(1_000_000)")]
    [InlineData("'r' + '1'.repeat(1_000_000) + ' {}'")]
    [InlineData("'e'")]
    [InlineData("'e{}'")]
    [InlineData("'e{\"type\":\"event\"}'")]
    [InlineData("'e{\"type\":\"event\",\"event\":\"\"}'")]
    [InlineData("'c'")]
    [InlineData("'c{\"type\":\"ready\",\"data\":{\"down\":\"post\"}}'")]
    [InlineData("'c{\"type\":\"credit\",\"data\":-1}'")]
    [InlineData("'c{\"type\":\"credit\",\"data\":2147483647}'")]
    [InlineData("'c{\"type\":\"credit\",\"data\":1e999}'")]
    [InlineData("'c{\"type\":\"credit\",\"id\":\"7\",\"data\":99}'")]
    [InlineData("'c{\"type\":\"cancel\",\"id\":\"none\"}'")]
    [InlineData("'c{\"type\":\"cancel\"}'")]
    [InlineData("'c{\"type\":\"response\",\"id\":\"1\",\"data\":1}'")]
    [InlineData("'c{\"type\":\"done\",\"id\":\"1\"}'")]
    [InlineData("'c{\"type\":\"ping\",\"id\":\"1\"}'")]
    [InlineData("'x'")]
    [InlineData("'painted'")]
    public async Task Rubbish_between_the_worlds_harms_nothing(string detail)
    {
        await using var page = await app.OpenAsync();

        await page.RunAsync($"window.dispatchEvent(new CustomEvent('oriel:up', {{ detail: {detail} }})); window.dispatchEvent(new Event('oriel:up'))");
        var heard = page.RunAsync("return new Promise((resolve) => oriel.once('news', resolve))");
        await page.RunAsync("await oriel.invoke('echo', 1)");
        await page.Window.EmitAsync("news", "7"u8.ToArray());

        Assert.Equal(7, (await heard).GetInt32());
        Assert.Equal(2, (await page.TryAsync("oriel.invoke('echo', 2)")).GetProperty("value").GetInt32());
        Assert.Equal(0, app.SecretCalls(page.Window));
    }

    [Theory]
    [InlineData("oriel:down")]
    [InlineData("oriel:accepted")]
    [InlineData("oriel:failed")]
    public async Task Rubbish_that_a_page_tells_itself_harms_nothing(string type)
    {
        await using var page = await app.OpenAsync();

        await page.RunAsync(
            $$"""
            addEventListener("error", (event) => event.preventDefault());
            for (const detail of [undefined, null, {}, 7, "", "\n", "x", "{", "1 2 3", "99 -1 x", '{"type":"response","id":"12345","data":1}']) {
              window.dispatchEvent(new CustomEvent("{{type}}", { detail }));
            }
            """);

        Assert.Equal(2, (await page.TryAsync("oriel.invoke('echo', 2)")).GetProperty("value").GetInt32());
    }

    [Theory]
    [InlineData("'a\\0b'")]
    [InlineData("'\\ud800'")]
    [InlineData("'x\\udc00y\\ud83d'")]
    [InlineData("Array.from({ length: 160 }, (_, i) => String.fromCharCode(i)).join('')")]
    [InlineData("'\\u2028\\u2029\\ufeff\\uffff\\ufffe'")]
    [InlineData("'é'.repeat(500) + '漢'.repeat(500) + '🜁'.repeat(500)")]
    [InlineData("'</script><!--`${x}`\\\\u0041 {\"type\":1}'")]
    [InlineData("'line\\nfeed\\r\\n'")]
    [InlineData("''")]
    [InlineData("{ __proto__: null, a: 1 }")]
    [InlineData("JSON.parse('{\"__proto__\":{\"x\":1},\"constructor\":2}')")]
    [InlineData("[1e308, -0, 5e-324, 0.1, 9007199254740993, 1e21]")]
    [InlineData("JSON.parse('['.repeat(120) + ']'.repeat(120))")]
    [InlineData("Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => ['k' + i, i]))")]
    [InlineData("[[], {}, '', null, false, 0]")]
    [InlineData("'x'.repeat(10_000_000)")]
    [InlineData("'漢'.repeat(3_000_000)")]
    public async Task A_value_comes_back_as_it_went(string value)
    {
        await using var page = await app.OpenAsync();

        var same = await page.RunAsync($"const sent = {value}; const got = await oriel.invoke('echo', sent); return JSON.stringify(got) === JSON.stringify(sent) && typeof got === typeof sent");

        Assert.True(same.GetBoolean());
    }

    [Theory]
    [InlineData("'{\"a\":1,\"a\":2}'", "{\"a\":1,\"a\":2}")]
    [InlineData("'1e999'", "1e999")]
    [InlineData("' [ 1 , 2 ] '", "[ 1 , 2 ]")]
    public async Task A_value_that_no_serializer_wrote_reaches_the_command_as_it_stands(string json, string expected)
    {
        await using var page = await app.OpenAsync();
        var got = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var command = $"take{page.Window.Id}";
        app.App.Commands.MapRaw(command, context =>
        {
            got.TrySetResult(System.Text.Encoding.UTF8.GetString(context.Arguments.Span));
            return ValueTask.CompletedTask;
        });

        await page.RunAsync($"window.dispatchEvent(new CustomEvent('oriel:up', {{ detail: 'r900 {{\"type\":\"request\",\"id\":\"900\",\"method\":\"{command}\",\"data\":' + {json} + '}}' }}))");

        Assert.Equal(expected, await got.Task.InTime());
    }

    [Theory]
    [InlineData("10n")]
    [InlineData("(() => { const x = {}; x.x = x; return x; })()")]
    [InlineData("() => 1")]
    [InlineData("Symbol('x')")]
    [InlineData("{ get x() { throw new RangeError('no'); } }")]
    [InlineData("new Proxy({}, { ownKeys() { throw new RangeError('no'); } })")]
    [InlineData("{ toJSON() { return undefined; } }")]
    public async Task A_value_that_json_cannot_write_is_refused_in_the_page(string value)
    {
        await using var page = await app.OpenAsync();

        var answer = await page.TryAsync($"oriel.invoke('echo', {value})");

        Assert.Contains(answer.GetProperty("error").GetProperty("name").GetString(), (string[])["TypeError", "RangeError"]);
        Assert.Equal(2, (await page.TryAsync("oriel.invoke('echo', 2)")).GetProperty("value").GetInt32());
    }

    [Theory]
    [InlineData("new Proxy({ a: 1 }, { get: (t, k) => k === 'toJSON' ? undefined : 5 })", "{\"a\":5}")]
    [InlineData("{ get a() { return 'got'; } }", "{\"a\":\"got\"}")]
    [InlineData("{ a: () => 1, b: undefined, c: 2 }", "{\"c\":2}")]
    [InlineData("new Map([[1, 2]])", "{}")]
    [InlineData("[NaN, Infinity]", "[null,null]")]
    [InlineData("new Date(0)", "\"1970-01-01T00:00:00.000Z\"")]
    public async Task A_value_arrives_as_json_writes_it(string value, string expected)
    {
        await using var page = await app.OpenAsync();

        Assert.Equal(expected, (await page.TryAsync($"oriel.invoke('echo', {value})")).GetProperty("value").GetRawText());
    }

    [Theory]
    [InlineData("oriel.invoke('echo', JSON.parse('['.repeat(10_000) + ']'.repeat(10_000)))", -32700)]
    [InlineData("oriel.invoke('x'.repeat(1_000_000))", -32600)]
    [InlineData("oriel.invoke('')", -32600)]
    [InlineData("oriel.invoke('x\\ud800')", -32700)]
    [InlineData("oriel.invoke('../secret|..:')", -32601)]
    [InlineData("oriel.invoke('__proto__')", -32601)]
    [InlineData("oriel.invoke('se\\0cret')", -32601)]
    [InlineData("oriel.invoke('echo', 'x'.repeat(100_000_000))", -32005)]
    public async Task A_call_that_cannot_be_is_refused_at_once(string call, int code)
    {
        await using var page = await app.OpenAsync();

        var answer = await page.TryAsync(call);

        Assert.Equal(code, answer.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(2, (await page.TryAsync("oriel.invoke('echo', 2)")).GetProperty("value").GetInt32());
    }

    [Fact]
    [Trait("Weight", "heavy")]
    public async Task A_call_whose_bytes_are_too_many_is_refused_at_once()
    {
        // Few enough characters for the page's own check, too many bytes for C#.
        await using var page = await app.OpenAsync();

        var answer = await page.TryAsync("oriel.invoke('echo', '漢'.repeat(30_000_000), { timeout: 20_000 })");

        Assert.Equal(-32005, answer.GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    [Trait("Weight", "heavy")]
    public async Task An_event_whose_bytes_are_too_many_is_refused()
    {
        await using var page = await app.OpenAsync();

        var answer = await page.TryAsync("oriel.emit('large', '漢'.repeat(30_000_000))");

        Assert.Equal(-32005, answer.GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    [Trait("Weight", "heavy")]
    public async Task A_page_can_have_no_more_calls_in_flight_than_the_limit()
    {
        await using var page = await app.OpenAsync();

        // 65,536 is the limit: what is beyond is answered at once, what is within waits until the page is left.
        var codes = await page.RunAsync(
            """
            const codes = new Set();
            let refused = 0;
            await new Promise((resolve) => {
              for (let i = 0; i < 66_000; i++) {
                oriel.invoke("wait", null, { timeout: 0 }).catch((error) => {
                  codes.add(error.code);
                  if (++refused === 66_000 - 65_536) resolve();
                });
              }
            });
            return [...codes];
            """);
        page.Window.Reload();
        await Eventually.TrueAsync(() => app.Waiting == 0, "the calls are cancelled");

        Assert.Equal(-32006, Assert.Single(codes.EnumerateArray()).GetInt32());
    }

    [Fact]
    public async Task A_window_command_refuses_what_does_not_fit()
    {
        await using var page = await app.OpenAsync();

        foreach (var arguments in (string[])["undefined", "null", "[]", "{}", "{ width: 'x', height: 1 }", "{ width: 1e9, height: 1 }", "{ width: -1, height: 0 }", "{ width: NaN, height: 1 }"])
        {
            var answer = await page.TryAsync($"oriel.invoke('oriel.window.setSize', {arguments})");

            Assert.Equal(-32602, answer.GetProperty("error").GetProperty("code").GetInt32());
        }

        Assert.Equal(-32602, (await page.TryAsync("oriel.window.setTitle('x\\ud800')")).GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(JsonValueKind.Null, (await page.TryAsync("oriel.window.setTitle('a\\0b\\n' + 'x'.repeat(100_000))")).GetProperty("value").ValueKind);
    }
}
