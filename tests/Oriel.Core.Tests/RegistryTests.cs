namespace Oriel.Tests;

public sealed class RegistryTests : IDisposable
{
    private static readonly CommandHandler Nothing = static _ => ValueTask.CompletedTask;

    private readonly OrielApp _app = new OrielAppBuilder(static () => throw new NotSupportedException()).ConfigureLogging(static _ => { }).Build();
    private readonly Window _window;

    public RegistryTests() => _window = new Window(_app, 1, new WindowOptions());

    public void Dispose() => _app.Dispose();

    [Fact]
    public void Commands_are_listed_by_name_and_found_by_it()
    {
        _app.Commands.MapRaw("b", Nothing);
        _app.Commands.MapRaw("B", Nothing);
        _app.Commands.MapRaw("a", Nothing);

        Assert.Equal(["B", "a", "b"], _app.Commands.All.Select(static command => command.Name).Where(static name => !name.StartsWith("oriel.", StringComparison.Ordinal)));
        Assert.Equal("B", _app.Commands.Find("B")?.Name);
        Assert.Null(_app.Commands.Find("c"));
    }

    [Fact]
    public void A_command_can_be_removed_once_and_added_again()
    {
        _app.Commands.MapRaw("a", Nothing);
        Assert.Throws<ArgumentException>(() => _app.Commands.MapRaw("a", Nothing));

        Assert.True(_app.Commands.Remove("a"));
        Assert.False(_app.Commands.Remove("a"));
        _app.Commands.MapRaw("a", Nothing);
    }

    [Fact]
    public void The_name_of_a_command_is_bounded_in_bytes()
    {
        _app.Commands.MapRaw(new string('é', 128), Nothing);

        Assert.Throws<ArgumentException>(() => _app.Commands.MapRaw(new string('é', 129), Nothing));
        Assert.Throws<ArgumentException>(() => _app.Commands.MapRaw("", Nothing));
        Assert.Throws<ArgumentException>(() => _app.Commands.MapRaw(null!, Nothing));
    }

    [Theory]
    [InlineData("oriel.state.mine")]
    [InlineData("oriel.")]
    public void A_name_of_Oriel_s_own_commands_is_no_application_s(string name)
    {
        Assert.Throws<ArgumentException>(() => _app.Commands.MapRaw(name, Nothing));
        Assert.Throws<ArgumentException>(() => _app.Commands.AddRoute(new Route("oriel.")));
        Assert.Null(_app.Commands.Find(name));

        Assert.True(_app.Commands.Remove("oriel.state.open"));
        Assert.Throws<ArgumentException>(() => _app.Commands.MapRaw("oriel.state.open", Nothing));
        _app.Commands.MapRaw("Oriel.mine", Nothing);
        _app.Commands.MapRaw("orielmine", Nothing);
    }

    [Fact]
    public void A_route_answers_for_its_prefix_where_no_command_does()
    {
        var route = new Route("back.");
        _app.Commands.AddRoute(route);
        _app.Commands.MapRaw("back.own", Nothing);

        Assert.Equal("back.own", _app.Commands.Find("back.own")?.Name);
        Assert.Equal("routed back.else", _app.Commands.Find("back.else")?.Name);
        Assert.Null(_app.Commands.Find("backward"));
        Assert.Equal(["back.listed", "back.own"], _app.Commands.All.Select(static command => command.Name).Where(static name => name.StartsWith("back", StringComparison.Ordinal)));

        _app.Commands.RemoveRoute(route);
        Assert.Null(_app.Commands.Find("back.else"));
    }

    [Fact]
    public void Two_routes_for_one_name_are_refused()
    {
        _app.Commands.AddRoute(new Route("a."));
        _app.Commands.AddRoute(new Route("ab."));

        Assert.Throws<ArgumentException>(() => _app.Commands.AddRoute(new Route("a.b.")));
        Assert.Throws<ArgumentException>(() => _app.Commands.AddRoute(new Route("a")));
    }

    [Fact]
    public async Task An_event_reaches_its_handlers_in_their_order_and_no_others()
    {
        var seen = new List<string>();
        _app.Events.On("a", Handler("first"));
        _app.Events.On("b", Handler("other"));
        _app.Events.On("a", Handler("second"));
        await _app.Events.DispatchAsync(_window, "a", "1"u8.ToArray());
        await _app.Events.DispatchAsync(_window, "nobody", default);

        Assert.Equal(["first", "second"], seen);

        RawEventHandler Handler(string name) => (_, _) =>
        {
            seen.Add(name);
            return ValueTask.CompletedTask;
        };
    }

    [Fact]
    public async Task A_handler_that_throws_stops_no_other()
    {
        var count = 0;
        _app.Events.On("a", static (_, _) => throw new FormatException());
        _app.Events.On("a", (_, _) =>
        {
            count++;
            return ValueTask.CompletedTask;
        });
        await _app.Events.DispatchAsync(_window, "a", default);

        Assert.Equal(1, count);
    }

    [Fact]
    public async Task An_event_without_data_is_null()
    {
        var data = "";
        _app.Events.On("a", (_, json) =>
        {
            data = System.Text.Encoding.UTF8.GetString(json.Span);
            return ValueTask.CompletedTask;
        });
        await _app.Events.DispatchAsync(_window, "a", default);

        Assert.Equal("null", data);
    }

    [Fact]
    public async Task Stopping_one_of_two_subscriptions_of_a_handler_leaves_the_other()
    {
        var count = 0;
        RawEventHandler handler = (_, _) =>
        {
            count++;
            return ValueTask.CompletedTask;
        };
        var first = _app.Events.On("a", handler);
        var second = _app.Events.On("a", handler);
        first.Dispose();
        first.Dispose();
        await _app.Events.DispatchAsync(_window, "a", default);
        Assert.Equal(1, count);

        second.Dispose();
        Assert.Empty(_app.Events.Names);
    }

    [Fact]
    public async Task Subscriptions_that_come_and_go_on_many_threads_leave_nothing_and_lose_nobody()
    {
        var kept = 0;
        var all = Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                _app.Events.On("a", static (_, _) => ValueTask.CompletedTask).Dispose();
            }

            _app.Events.On("a", (_, _) =>
            {
                Interlocked.Increment(ref kept);
                return ValueTask.CompletedTask;
            });
        }));
        await Task.WhenAll(all).InTime();
        await _app.Events.DispatchAsync(_window, "a", default);

        Assert.Equal(8, kept);
    }

    [Fact]
    public async Task Emitting_with_no_page_to_hear_it_is_no_error() => await _window.EmitAsync("a", "1"u8.ToArray());

    [Fact]
    public async Task What_is_no_event_cannot_be_emitted()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _app.Events.EmitAsync("load", default).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => _window.EmitAsync("oriel:up", default).AsTask());
        Assert.Throws<ArgumentException>(() => _app.Events.On("resize", static (_, _) => ValueTask.CompletedTask));
    }

    private sealed class Route(string prefix) : ICommandRoute
    {
        public string Prefix => prefix;

        public IEnumerable<Command> All => [new Command(prefix + "listed", Nothing, new CommandOptions())];

        public Command? Find(string name) => new($"routed {name}", Nothing, new CommandOptions());
    }
}
