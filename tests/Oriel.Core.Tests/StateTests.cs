using System.Text;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Oriel.Ipc;

namespace Oriel.Tests;

public sealed class StateTests : IDisposable
{
    private const int MaxMessageBytes = 64 * 1024;

    private readonly RecordedLog _log = new();
    private readonly OrielApp _app;
    private readonly Window _window;

    public StateTests()
    {
        var builder = new OrielAppBuilder(static () => throw new NotSupportedException()) { Options = new AppOptions { Limits = new IpcLimits { MaxMessageBytes = MaxMessageBytes } } };
        _app = builder.ConfigureLogging(logging => logging.AddProvider(_log)).Json(StateJson.Default).Build();
        _window = new Window(_app, 1, new WindowOptions());
    }

    public void Dispose() => _app.Dispose();

    [Fact]
    public void A_state_begins_with_version_1_and_counts_its_changes()
    {
        var cart = _app.State("cart", new Cart("Ada", []));

        cart.Set(new Cart("Grace", []));
        var value = cart.Update(static cart => cart with { Items = [.. cart.Items, "tea"] });

        Assert.Equal(3, cart.Version);
        Assert.Same(value, cart.Value);
        Assert.Equal(["tea"], cart.Value.Items);
    }

    [Fact]
    public void What_the_JSON_does_not_show_is_no_change()
    {
        var cart = _app.State("cart", new Cart("Ada", ["tea"]));
        var changes = 0;
        cart.Changed += (_, _) => changes++;

        cart.Set(new Cart("Ada", ["tea"]));

        Assert.Equal((1, 0), (cart.Version, changes));
    }

    [Fact]
    public void A_value_that_is_changed_in_place_by_Update_is_a_change()
    {
        var list = _app.State("list", new List<string> { "a" }, StateJson.Default.ListString);
        var changes = new List<long>();
        list.Changed += (_, e) => changes.Add(e.Version);

        list.Update(static list =>
        {
            list.Add("b");
            return list;
        });

        Assert.Equal([2], changes);
        Assert.Equal("""["a","b"]""", Json(list));
    }

    [Fact]
    public void Handlers_hear_of_every_change_in_order_and_one_that_throws_holds_back_none()
    {
        var number = _app.State("number", 0);
        var seen = new List<(int, long)>();
        number.Changed += static (_, _) => throw new InvalidOperationException("This handler failed on purpose.");
        number.Changed += (_, e) => seen.Add((e.Value, e.Version));

        number.Set(10);
        number.Set(20);

        Assert.Equal([(10, 2L), (20, 3L)], seen);
        Assert.Contains(_log.Lines, static line => line.Contains("state \"number\" failed", StringComparison.Ordinal));
    }

    [Fact]
    public void A_handler_that_writes_hears_of_it_behind_itself()
    {
        var number = _app.State("number", 0);
        var seen = new List<int>();
        number.Changed += (_, e) =>
        {
            if (e.Value < 3)
            {
                number.Update(static value => value + 1);
            }

            seen.Add(e.Value);
        };

        number.Set(1);

        Assert.Equal([1, 2, 3], seen);
    }

    [Fact]
    public void Handlers_run_without_a_lock()
    {
        var number = _app.State("number", 0);
        var other = 0;
        number.Changed += (_, _) =>
        {
            // Would wait for ever for a lock that this thread holds.
            if (other == 0)
            {
                var thread = new Thread(() => other = number.Update(static value => value + 1));
                thread.Start();
                Assert.True(thread.Join(TimeSpan.FromSeconds(30)));
            }
        };

        number.Set(1);

        Assert.Equal(2, other);
    }

    [Fact]
    public void Updates_of_many_threads_are_all_counted_and_told_in_order()
    {
        var number = _app.State("number", 0);
        var seen = new List<long>();
        number.Changed += (_, e) => seen.Add(e.Version);

        Parallel.For(0, 1_000, _ => number.Update(static value => value + 1));

        Assert.Equal((1_000, 1_001), (number.Value, number.Version));
        Assert.Equal(seen.Order().Distinct(), seen);
        Assert.Equal(1_001, seen[^1]);
    }

    [Fact]
    public void A_function_that_throws_changes_nothing()
    {
        var number = _app.State("number", 5);

        Assert.Throws<InvalidTimeZoneException>(() => number.Update(static _ => throw new InvalidTimeZoneException()));

        Assert.Equal((5, 1), (number.Value, number.Version));
        Assert.Equal(6, number.Update(static value => value + 1));
    }

    [Fact]
    public void A_function_that_writes_its_own_state_is_refused()
    {
        var number = _app.State("number", 5);

        Assert.Throws<InvalidOperationException>(() => number.Update(value =>
        {
            number.Set(7);
            return value + 1;
        }));

        Assert.Equal((5, 1), (number.Value, number.Version));
    }

    [Fact]
    public void A_value_larger_than_a_message_is_refused_to_who_writes_it()
    {
        var text = _app.State("text", "");
        var tooLarge = new string('x', MaxMessageBytes);

        Assert.Equal(IpcErrorCode.PayloadTooLarge, Assert.Throws<IpcException>(() => text.Set(tooLarge)).Code);
        Assert.Equal(IpcErrorCode.PayloadTooLarge, Assert.Throws<IpcException>(() => text.Update(_ => tooLarge)).Code);
        Assert.Throws<IpcException>(() => _app.State("another", tooLarge));

        Assert.Equal(("", 1), (text.Value, text.Version));
    }

    [Fact]
    public void Null_is_a_value_only_of_a_state_that_began_with_it()
    {
        var always = _app.State("always", "a");
        var maybe = _app.State<string?>("maybe", null);
        var number = _app.State<int?>("number", 1);

        maybe.Set("a");
        maybe.Set(null);
        number.Set(null);

        Assert.Throws<ArgumentNullException>(() => always.Set(null!));
        Assert.Throws<IpcException>(() => Write(always, 1, "null"));
        Write(maybe, maybe.Version, "null");
    }

    [Fact]
    public void A_key_is_bounded_and_used_once()
    {
        _app.State("a", 1);
        _app.State(new string('é', 128), 1);

        Assert.Throws<ArgumentException>(() => _app.State("a", 2));
        Assert.Throws<ArgumentException>(() => _app.State("", 1));
        Assert.Throws<ArgumentException>(() => _app.State(new string('é', 129), 1));

        // A window's are its own.
        Assert.Equal(3, _window.State("a", 3).Value);
        Assert.Throws<ArgumentException>(() => _window.State("a", 2, StateJson.Default.Int32));
    }

    [Fact]
    public void So_many_states_and_no_more()
    {
        for (var i = 0; i < 4_096; i++)
        {
            _app.State($"state{i}", i);
        }

        Assert.Throws<InvalidOperationException>(() => _app.State("one more", 0));
    }

    [Fact]
    public void A_type_without_metadata_is_refused_by_name()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => _app.State("unknown", new StringBuilder()));

        Assert.Contains("StringBuilder", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    public void A_page_writes_the_present_version_alone(long version)
    {
        var number = _app.State("number", 1);
        number.Set(2);

        var exception = Assert.Throws<IpcException>(() => Write(number, version, "3"));

        Assert.Equal(IpcErrorCode.Conflict, exception.Code);
        Assert.Equal("""{"version":2,"value":2}""", Encoding.UTF8.GetString(exception.Error.Data.Span));
        Assert.Equal((2, 2), (number.Value, number.Version));
    }

    [Theory]
    [InlineData("""{"name":1,"items":[]}""")]
    [InlineData("""{"name":"Ada"}""")]
    [InlineData("""{"name":null,"items":[]}""")]
    [InlineData("""{"name":"\ud800","items":[]}""")]
    [InlineData("""{"name":"","items":[]}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public void A_value_of_a_page_that_does_not_fit_is_refused(string json)
    {
        var cart = _app.State("cart", new Cart("Ada", []));

        var exception = Assert.Throws<IpcException>(() => Write(cart, 1, json));

        Assert.Equal(IpcErrorCode.InvalidParams, exception.Code);
        Assert.Equal((1, "Ada"), (cart.Version, cart.Value.Name));
    }

    private static string Json(IState state) => Encoding.UTF8.GetString(state.Snapshot.Json.Span);

    private static StateSnapshot Write(IState state, long version, string json) => state.Write(version, Encoding.UTF8.GetBytes(json), null);
}

internal sealed record Cart
{
    public Cart(string name, IReadOnlyList<string> items)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Items = items;
    }

    public string Name { get; init; }

    public IReadOnlyList<string> Items { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Cart))]
[JsonSerializable(typeof(List<string>))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(int))]
internal sealed partial class StateJson : JsonSerializerContext;
