using System.Collections.Concurrent;

namespace Oriel.Engine.Conformance;

/// <summary>What documents may use: by default, by a list, by a grant, and at a lower trust.</summary>
public abstract class CapabilityTests(EngineFixture engine)
{
    private const int Denied = -32003;

    private int _called;

    [Fact]
    public async Task A_remote_origin_calls_what_it_was_granted_and_nothing_else()
    {
        var (granted, other, marked) = (Add("granted.echo"), Add("other"), Add("granted.marked", "marked"));
        await using var page = await engine.OpenAsync(new WindowOptions { Url = $"{EngineFixture.GrantedOrigin}/" }, hasBridge: true);

        Assert.Equal("null", await page.InvokeAsync(granted));
        foreach (var name in (string[])[other, marked, "no.such.command", "oriel.window.close", "oriel.window.setTitle", "plugin:any|thing"])
        {
            await AssertDeniedAsync(() => page.InvokeAsync(name));
        }

        Assert.Equal(1, _called);
    }

    [Theory]
    [InlineData("Granted.echo")]
    [InlineData("granted.")]
    [InlineData("granted")]
    [InlineData("gr\u0430nted.echo")]
    [InlineData("granted\uFF0Eecho")]
    [InlineData("granted\u2024echo")]
    [InlineData(" granted.echo")]
    [InlineData("granted:echo")]
    [InlineData("x.granted.echo")]
    [InlineData("__proto__")]
    [InlineData("constructor")]
    [InlineData("*")]
    public async Task A_name_that_looks_like_a_granted_one_is_another(string name)
    {
        engine.App.Commands.MapRaw(name, _ =>
        {
            _called++;
            return ValueTask.CompletedTask;
        });
        try
        {
            await using var page = await engine.OpenAsync(new WindowOptions { Url = $"{EngineFixture.GrantedOrigin}/" }, hasBridge: true);

            await AssertDeniedAsync(() => page.InvokeAsync(name));
            Assert.Equal(0, _called);
        }
        finally
        {
            engine.App.Commands.Remove(name);
        }
    }

    [Fact]
    public async Task A_stream_needs_its_grant_too()
    {
        var name = Add("stream");
        await using var page = await engine.OpenAsync(new WindowOptions { Url = $"{EngineFixture.GrantedOrigin}/" }, hasBridge: true);

        await AssertDeniedAsync(async () =>
        {
            await foreach (var _ in page.StreamAsync(name))
            {
            }
        });
        Assert.Equal(0, _called);
    }

    [Fact]
    public async Task A_command_that_is_added_later_is_covered_by_the_pattern()
    {
        await using var page = await engine.OpenAsync(new WindowOptions { Url = $"{EngineFixture.GrantedOrigin}/" }, hasBridge: true);

        Assert.Equal("null", await page.InvokeAsync(Add("granted.later")));
    }

    [Fact]
    public async Task A_document_hears_the_events_that_it_may()
    {
        var (granted, other) = (engine.Unique("granted.event"), engine.Unique("other"));
        await using var page = await engine.OpenAsync(new WindowOptions { Url = $"{EngineFixture.GrantedOrigin}/" }, hasBridge: true);
        await using var own = await engine.OpenAsync();
        await page.RecordAsync(granted, other);
        await own.RecordAsync(granted, other);

        await engine.App.Events.EmitAsync(other, "1"u8.ToArray());
        await page.Window.EmitAsync(other, "2"u8.ToArray());
        await engine.App.Events.EmitAsync(granted, "3"u8.ToArray());

        Assert.Equal([$"{granted} 3"], await page.RecordedAsync(1));
        Assert.Equal([$"{other} 1", $"{granted} 3"], await own.RecordedAsync(2));
    }

    [Fact]
    public async Task A_document_emits_the_events_that_it_may()
    {
        var (granted, other) = (engine.Unique("granted.event"), engine.Unique("other"));
        var arrived = new ConcurrentQueue<string>();
        using var first = engine.App.Events.On(granted, (_, _) => Keep(granted));
        using var second = engine.App.Events.On(other, (_, _) => Keep(other));
        await using var page = await engine.OpenAsync(new WindowOptions { Url = $"{EngineFixture.GrantedOrigin}/" }, hasBridge: true);

        await AssertDeniedAsync(() => page.EmitAsync(other));
        await page.EmitAsync(granted);

        // Events arrive in order: what was refused would be there by now.
        await Patience.UntilAsync(() => !arrived.IsEmpty, "the event");
        Assert.Equal([granted], arrived);

        ValueTask Keep(string name)
        {
            arrived.Enqueue(name);
            return ValueTask.CompletedTask;
        }
    }

    [Theory]
    [InlineData("named", true)]
    [InlineData("Named", false)]
    [InlineData("named.evil", false)]
    [InlineData(null, false)]
    public async Task A_grant_to_windows_of_a_name_is_for_these(string? name, bool hasBridge)
    {
        await using var page = await engine.OpenAsync(new WindowOptions { Url = $"{EngineFixture.NamedOrigin}/", Name = name }, hasBridge);

        Assert.Equal(hasBridge, await page.HasBridgeAsync());
    }

    [Fact]
    public async Task A_window_with_a_list_has_what_is_listed()
    {
        var (granted, other) = (Add("granted.echo"), Add("other"));
        await using var page = await engine.OpenAsync(new WindowOptions { Capabilities = ["granted"] });

        Assert.Equal("null", await page.InvokeAsync(granted));
        await AssertDeniedAsync(() => page.InvokeAsync(other));
        await AssertDeniedAsync(() => page.InvokeAsync("oriel.window.setTitle", """{"title":"x"}"""));
    }

    [Fact]
    public async Task A_window_with_an_empty_list_has_nothing()
    {
        var name = Add("granted.echo");
        await using var page = await engine.OpenAsync(new WindowOptions { Capabilities = [] });

        await AssertDeniedAsync(() => page.InvokeAsync(name));
    }

    [Fact]
    public async Task A_star_covers_neither_the_bridge_s_own_commands_nor_those_that_ask_for_a_capability()
    {
        var (other, marked) = (Add("other"), Add("other.marked", "marked"));
        await using var page = await engine.OpenAsync(new WindowOptions { Capabilities = ["wide"] });

        Assert.Equal("null", await page.InvokeAsync(other));
        await AssertDeniedAsync(() => page.InvokeAsync(marked));
        await AssertDeniedAsync(() => page.InvokeAsync("oriel.window.close"));
    }

    [Fact]
    public async Task A_command_that_asks_for_a_capability_is_called_with_it_and_by_default()
    {
        var marked = Add("marked", "marked");
        await using var listed = await engine.OpenAsync(new WindowOptions { Capabilities = ["marked"] });
        await using var open = await engine.OpenAsync();

        Assert.Equal("null", await listed.InvokeAsync(marked));
        Assert.Equal("null", await open.InvokeAsync(marked));
    }

    [Fact]
    public async Task A_bridge_that_code_gives_holds_for_everything_that_asks_for_no_capability()
    {
        var (other, marked) = (Add("other"), Add("marked", "marked"));
        await using var page = await engine.OpenAsync();
        await LoadWithBridgeAsync(page, $"{engine.ServeForeign()}/");

        Assert.Equal("null", await page.InvokeAsync(other));
        await AssertDeniedAsync(() => page.InvokeAsync(marked));
    }

    [Fact]
    public async Task A_bridge_that_code_gives_is_narrowed_by_a_grant()
    {
        var (granted, other) = (Add("granted.echo"), Add("other"));
        await using var page = await engine.OpenAsync();
        await LoadWithBridgeAsync(page, $"{EngineFixture.GrantedOrigin}/");

        Assert.Equal("null", await page.InvokeAsync(granted));
        await AssertDeniedAsync(() => page.InvokeAsync(other));
    }

    [Fact]
    public async Task A_refusal_is_logged_with_the_line_to_add()
    {
        var name = Add("other");
        await using var page = await engine.OpenAsync(new WindowOptions { Url = $"{EngineFixture.GrantedOrigin}/" }, hasBridge: true);

        await AssertDeniedAsync(() => page.InvokeAsync(name));

        var line = Assert.Single(engine.Log.Lines, line => line.Contains($"the command \"{name}\"", StringComparison.Ordinal));
        Assert.Contains($"builder.Capabilities.Define(\"granted\", c => c.AllowCommands(\"{name}\"))", line, StringComparison.Ordinal);
        Assert.Contains($$$"""{ "granted": { "commands": ["{{{name}}}"] } }""", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_lower_trust_has_no_bridge_and_loads_its_own_assets_alone()
    {
        var handled = 0;
        var scheme = engine.Serve("test", _ =>
        {
            Interlocked.Increment(ref handled);
            return Protocols.ProtocolResponse.Text("secret");
        });
        await using var page = await engine.OpenAsync(new WindowOptions { Url = $"{EngineFixture.LowerOrigin}/" }, hasBridge: false);

        Assert.False(await page.HasBridgeAsync());
        Assert.Equal(200, (await page.FetchAsync($"{EngineFixture.LowerOrigin}/index.html")).Status);
        foreach (var address in (string[])["oriel://app/index.html", "oriel://app/inside.txt", $"{EngineFixture.BridgedOrigin}/index.html", "oriel://app/.oriel/serve/x", $"{scheme}/x"])
        {
            Assert.False((await page.FetchAsync(address)).Status is 200 or 206, address);
        }

        Assert.Equal(0, handled);
    }

    [Fact]
    public async Task A_page_of_lower_trust_uses_what_it_was_granted()
    {
        var (granted, other, name) = (Add("granted.echo"), Add("other"), engine.Unique("granted.event"));
        await using var page = await engine.OpenAsync(new WindowOptions { Url = $"{EngineFixture.BridgedOrigin}/" });
        await page.RecordAsync(name);

        Assert.Equal("null", await page.InvokeAsync(granted));
        await AssertDeniedAsync(() => page.InvokeAsync(other));
        await engine.App.Events.EmitAsync(name, "1"u8.ToArray());
        Assert.Equal([$"{name} 1"], await page.RecordedAsync(1));
    }

    [Fact]
    public async Task A_window_with_a_list_gives_an_origin_no_more_than_that()
    {
        var granted = Add("granted.echo");
        await using var page = await engine.OpenAsync(new WindowOptions { Url = $"{EngineFixture.BridgedOrigin}/", Capabilities = ["wide"] });

        await AssertDeniedAsync(() => page.InvokeAsync(granted));
    }

    [Fact]
    public async Task A_page_of_the_app_loads_nothing_of_lower_trust()
    {
        await using var page = await engine.OpenAsync();

        Assert.NotEqual(200, (await page.FetchAsync($"{EngineFixture.LowerOrigin}/index.html")).Status);
    }

    [Fact]
    public async Task Pages_of_different_trust_do_not_go_to_each_other()
    {
        await using var lower = await engine.OpenAsync(new WindowOptions { Url = $"{EngineFixture.LowerOrigin}/" }, hasBridge: false);
        await using var own = await engine.OpenAsync();

        await lower.NavigateAsync("oriel://app/index.html");
        await own.NavigateAsync($"{EngineFixture.LowerOrigin}/");

        await Patience.UntilAsync(() => HasRefused(lower, "oriel://app") && HasRefused(own, EngineFixture.LowerOrigin), "both refusals");
        Assert.StartsWith(EngineFixture.LowerOrigin, lower.Window.Url, StringComparison.Ordinal);
        Assert.StartsWith("oriel://app/", own.Window.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_opens_the_states_that_it_may_and_learns_nothing_of_others()
    {
        var (granted, other, absent) = (AddState("granted.text"), AddState("other.text"), engine.Unique("absent"));
        await using var remote = await engine.OpenAsync(new WindowOptions { Url = $"{EngineFixture.GrantedOrigin}/" }, hasBridge: true);
        await using var listed = await engine.OpenAsync(new WindowOptions { Capabilities = ["granted"] });
        foreach (var page in (IPageDriver[])[remote, listed])
        {
            Assert.Equal("""{"version":1,"value":"secret"}""", await page.InvokeAsync("oriel.state.open", Key(granted.Key)));
            foreach (var key in (string[])[other.Key, absent])
            {
                await AssertDeniedAsync(() => page.InvokeAsync("oriel.state.open", Key(key)));
                await AssertDeniedAsync(() => page.InvokeAsync("oriel.state.set", Key(key, ",\"version\":1,\"value\":\"x\"")));
                await AssertDeniedAsync(() => page.InvokeAsync("oriel.state.set", Key(key, ",\"version\":9,\"value\":\"x\"")));
                await AssertDeniedAsync(() => page.InvokeAsync("oriel.state.set", Key(key)));
                Assert.Equal("null", await page.InvokeAsync("oriel.state.close", Key(key)));
            }
        }

        Assert.Equal("secret", other.Value);
    }

    [Fact]
    public async Task A_grant_to_read_is_none_to_write_and_a_conflict_is_not_told_to_who_may_not_write()
    {
        var granted = AddState("granted.text");
        await using var page = await engine.OpenAsync(new WindowOptions { Url = $"{EngineFixture.GrantedOrigin}/" }, hasBridge: true);
        granted.Set("newer");

        foreach (var version in (int[])[1, 2, 3])
        {
            await AssertDeniedAsync(() => page.InvokeAsync("oriel.state.set", Key(granted.Key, $",\"version\":{version},\"value\":\"x\"")));
            await AssertDeniedAsync(() => page.InvokeAsync("oriel.state.set", Key(granted.Key, $",\"version\":{version},\"patch\":[]")));
        }

        Assert.Equal(("newer", 2L), (granted.Value, granted.Version));
    }

    [Fact]
    public async Task A_state_that_asks_for_a_capability_is_like_one_that_nobody_made_to_who_lacks_it()
    {
        var (marked, absent) = (AddState("text", new StateOptions { IsWritable = true, ReadCapability = "marked" }), engine.Unique("absent"));
        await using var page = await engine.OpenAsync(new WindowOptions { Capabilities = ["wide"] });
        await using var foreign = await engine.OpenAsync();
        await LoadWithBridgeAsync(foreign, $"{engine.ServeForeign()}/");
        foreach (var driver in (IPageDriver[])[page, foreign])
        {
            foreach (var (command, rest) in ((string, string)[])[("open", ""), ("set", ",\"version\":1,\"value\":\"x\""), ("set", ",\"version\":7,\"value\":\"x\""), ("set", ""), ("close", "")])
            {
                Assert.Equal(await OutcomeAsync(driver, command, absent, rest), await OutcomeAsync(driver, command, marked.Key, rest));
            }
        }

        Assert.Equal("secret", marked.Value);
        Assert.Contains(engine.Log.Lines, line => line.Contains($"the state \"{marked.Key}\"", StringComparison.Ordinal) && line.Contains("\"marked\"", StringComparison.Ordinal));

        static async Task<string> OutcomeAsync(IPageDriver page, string command, string key, string rest)
        {
            try
            {
                return await page.InvokeAsync($"oriel.state.{command}", Key(key, rest));
            }
            catch (PageErrorException error)
            {
                return $"{error.Code} {error.Message} {error.ErrorData}".Replace(key, "key", StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_state_that_asks_for_a_capability_is_used_with_it()
    {
        var options = new StateOptions { IsWritable = true, ReadCapability = "marked", WriteCapability = "granted" };
        var state = AddState("text", options);
        await using var reader = await engine.OpenAsync(new WindowOptions { Capabilities = ["marked", "wide"] });
        await using var writer = await engine.OpenAsync(new WindowOptions { Capabilities = ["marked", "granted"] });
        var write = Key(state.Key, ",\"version\":1,\"value\":\"x\"");

        Assert.Equal("""{"version":1,"value":"secret"}""", await reader.InvokeAsync("oriel.state.open", Key(state.Key)));
        await AssertDeniedAsync(() => reader.InvokeAsync("oriel.state.set", write));
        Assert.Equal("""{"version":2}""", await writer.InvokeAsync("oriel.state.set", write));
    }

    [Fact]
    public async Task What_becomes_of_a_state_reaches_those_alone_who_may_read_it()
    {
        var (granted, other, marked) = (AddState("granted.text"), AddState("other.text"), AddState("granted.marked", new StateOptions { ReadCapability = "marked" }));
        await using var page = await engine.OpenAsync(new WindowOptions { Url = $"{EngineFixture.GrantedOrigin}/" }, hasBridge: true);
        await using var own = await engine.OpenAsync();
        foreach (var driver in (IPageDriver[])[page, own])
        {
            await driver.RecordStatesAsync();
            foreach (var state in (SharedState<string>[])[granted, other, marked])
            {
                await TryOpenAsync(driver, state.Key);
            }
        }

        foreach (var state in (SharedState<string>[])[other, marked, granted])
        {
            state.Set("new");
        }

        // What comes to a document comes in order, so anything else would be there by the end of another call.
        Assert.Equal([Change(granted)], await page.RecordedAsync(1));
        await TryOpenAsync(page, granted.Key);
        Assert.Equal([Change(granted)], await page.RecordedAsync(1));
        Assert.Equal(((string[])[Change(other), Change(marked), Change(granted)]).Order(), (await own.RecordedAsync(3)).Order());

        static string Change(SharedState<string> state) => $$"""state {"key":"{{state.Key}}","version":2,"value":"new"}""";

        static async Task TryOpenAsync(IPageDriver page, string key)
        {
            try
            {
                await page.InvokeAsync("oriel.state.open", Key(key));
            }
            catch (PageErrorException)
            {
                // Refused, which other tests are about.
            }
        }
    }

    private static string Key(string key, string rest = "") => $$"""{"key":"{{key}}"{{rest}}}""";

    private SharedState<string> AddState(string name, StateOptions? options = null) =>
        engine.App.State(engine.Unique(name), "secret", Json.Default.String, options ?? new StateOptions { IsWritable = true });

    private bool HasRefused(IPageDriver page, string origin) =>
        engine.Log.Lines.Any(line => line.StartsWith($"Window {page.Window.Id}: going to {origin} was refused", StringComparison.Ordinal));

    private static Task LoadWithBridgeAsync(IPageDriver page, string address) => EngineFixture.LoadAsync(page.Window, () =>
    {
        page.Window.LoadUrl(address, bridge: true);
        return Task.CompletedTask;
    });

    // The page learns that it may not, and nothing of what it asked for.
    private static async Task AssertDeniedAsync(Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<PageErrorException>(call);

        Assert.Equal((Denied, "This document may not do that."), (error.Code, error.Message));
        Assert.True(error.ErrorData is null or "null", error.ErrorData);
    }

    private string Add(string name, string? capability = null)
    {
        var unique = engine.Unique(name);
        engine.App.Commands.MapRaw(
            unique,
            _ =>
            {
                Interlocked.Increment(ref _called);
                return ValueTask.CompletedTask;
            },
            new CommandOptions { Capability = capability });
        return unique;
    }
}
