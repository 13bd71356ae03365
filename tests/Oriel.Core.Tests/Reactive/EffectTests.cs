namespace Oriel.Tests;

public sealed class EffectTests
{
    private readonly ManualContext _context = new();

    [Fact]
    public void It_runs_at_once_in_its_context_and_once_for_many_writes()
    {
        var first = new State<int>(0);
        var second = new State<int>(0);
        var seen = new List<int>();
        Effect effect = null!;
        _context.Post(_ => { effect = new Effect(() => seen.Add(first.Value + second.Value)); seen.Add(-1); }, null);
        _context.Run();

        for (var i = 0; i < 1_000; i++)
        {
            first.Value++;
            second.Value++;
        }

        var waiting = _context.Waiting;
        _context.Run();
        effect.Dispose();

        Assert.Equal(1, waiting);
        Assert.Equal([0, -1, 2_000], seen);
    }

    [Fact]
    public void A_disposed_effect_runs_no_more()
    {
        var count = new State<int>(0);
        var runs = 0;
        var effect = new Effect(() => { _ = count.Value; runs++; }, _context);
        _context.Run();

        count.Value = 1;
        effect.Dispose();
        count.Value = 2;
        _context.Run();

        Assert.Equal((1, 0), (runs, ((ISource)count).Readers.Count));
    }

    [Fact]
    public void It_does_not_run_when_what_it_reads_was_computed_to_be_the_same()
    {
        var count = new State<int>(1);
        var isOdd = new Computed<bool>(() => count.Value % 2 != 0);
        var runs = 0;
        using var effect = new Effect(() => { _ = isOdd.Value; runs++; }, _context);
        _context.Run();

        count.Value = 3;
        _context.Run();
        var same = runs;
        count.Value = 4;
        _context.Run();

        Assert.Equal((1, 2), (same, runs));
    }

    [Fact]
    public void Its_exception_is_told_and_it_goes_on_with_the_next_change()
    {
        var divisor = new State<int>(1);
        var failures = new List<Exception>();
        var seen = new List<int>();
        using var effect = new Effect(() => seen.Add(10 / divisor.Value), _context, failures.Add);
        _context.Run();

        divisor.Value = 0;
        _context.Run();
        divisor.Value = 5;
        _context.Run();

        Assert.IsType<DivideByZeroException>(Assert.Single(failures));
        Assert.Equal([10, 2], seen);
    }

    [Fact]
    public void An_exception_that_nobody_is_told_of_is_the_contexts()
    {
        var divisor = new State<int>(1);
        using var effect = new Effect(() => _ = 10 / divisor.Value, _context);
        _context.Run();

        divisor.Value = 0;

        Assert.Throws<DivideByZeroException>(() => _context.Run());
    }

    [Fact]
    public void An_exception_of_the_first_run_is_the_constructors_and_leaves_nothing()
    {
        var divisor = new State<int>(0);

        Assert.Throws<DivideByZeroException>(() => new Effect(() => _ = 10 / divisor.Value));

        Assert.Equal(0, ((ISource)divisor).Readers.Count);
    }

    [Fact]
    public void An_effect_that_causes_itself_is_stopped_and_reported()
    {
        var count = new State<int>(0);
        var failures = new List<Exception>();
        using var effect = new Effect(() => count.Value++, _context, failures.Add);

        _context.Run();

        Assert.Contains("was stopped", Assert.Single(failures).Message, StringComparison.Ordinal);
        Assert.InRange(count.Value, 100, 103);
        Assert.Equal(0, ((ISource)count).Readers.Count);
    }

    [Fact]
    public void Effects_that_cause_each_other_are_stopped_and_reported()
    {
        var ping = new State<int>(0);
        var pong = new State<int>(0);
        var failures = new List<Exception>();
        using var first = new Effect(() => pong.Value = ping.Value + 1, _context, failures.Add);
        using var second = new Effect(() => ping.Value = pong.Value + 1, _context, failures.Add);

        _context.Run();

        Assert.Contains("was stopped", Assert.Single(failures).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_effect_that_settles_is_not_stopped()
    {
        var count = new State<int>(0);
        using var effect = new Effect(() => count.Value = Math.Min(count.Value + 1, 50), _context);
        _context.Run();

        for (var i = 0; i < 300; i++)
        {
            count.Value = 49;
            _context.Run();
        }

        Assert.Equal(50, count.Value);
    }

    [Fact]
    public async Task Without_a_context_it_runs_on_the_thread_pool_never_beside_itself_and_sees_the_last_value()
    {
        var count = new State<int>(0);
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (running, beside) = (0, 0);
        using var effect = await Task.Run(() => new Effect(() =>
        {
            beside += Interlocked.Increment(ref running) == 1 ? 0 : 1;
            if (count.Value == 40_000)
            {
                last.TrySetResult();
            }

            Interlocked.Decrement(ref running);
        })).InTime();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                count.Update(static count => count + 1);
            }
        }))).InTime();
        await last.Task.InTime();

        Assert.Equal(0, beside);
    }

    [Fact]
    public void It_follows_a_list_and_what_pages_share()
    {
        using var app = new OrielAppBuilder(static () => throw new NotSupportedException()).Build();
        var shared = app.State("count", 1, SharedJson.Default.Int32);
        var list = new ListState<int>(1, 2);
        var seen = new List<string>();
        using var effect = new Effect(() => seen.Add($"{shared.Value}: {string.Join(' ', list)}"), _context);
        _context.Run();

        shared.Set(2);
        _context.Run();
        list.Add(3);
        _context.Run();
        shared.Set(2);
        _context.Run();

        Assert.Equal(["1: 1 2", "2: 1 2", "2: 1 2 3"], seen);
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(int))]
internal sealed partial class SharedJson : System.Text.Json.Serialization.JsonSerializerContext;
