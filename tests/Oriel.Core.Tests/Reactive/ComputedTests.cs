namespace Oriel.Tests;

public sealed class ComputedTests
{
    [Fact]
    public void It_is_made_when_it_is_read_and_kept_until_what_it_read_changes()
    {
        var first = new State<string>("Ada");
        var other = new State<int>(0);
        var runs = 0;
        var greeting = new Computed<string>(() => { runs++; return $"Hello {first.Value}"; });
        Assert.Equal(0, runs);

        _ = greeting.Value;
        other.Value++;
        var kept = greeting.Value;
        var runsBefore = runs;
        first.Value = "Grace";

        Assert.Equal(("Hello Ada", 1, "Hello Grace", 2), (kept, runsBefore, greeting.Value, runs));
    }

    [Fact]
    public void It_follows_only_what_its_last_run_has_read()
    {
        var useFirst = new State<bool>(true);
        var first = new State<int>(1);
        var second = new State<int>(10);
        var runs = 0;
        var chosen = new Computed<int>(() => { runs++; return useFirst.Value ? first.Value : second.Value; });
        _ = chosen.Value;

        useFirst.Value = false;
        _ = chosen.Value;
        first.Value = 2;

        Assert.Equal((10, 2), (chosen.Value, runs));
    }

    [Fact]
    public void An_equal_result_makes_nothing_that_depends_on_it_anew()
    {
        var number = new State<int>(1);
        var isOdd = new Computed<bool>(() => number.Value % 2 != 0);
        var runs = 0;
        var text = new Computed<string>(() => { runs++; return isOdd.Value ? "odd" : "even"; });
        _ = text.Value;

        number.Value = 3;

        Assert.Equal(("odd", 1), (text.Value, runs));
    }

    [Fact]
    public void Wide_and_deep_diamonds_are_made_once()
    {
        var source = new State<int>(1);
        var runs = 0;
        var context = new ManualContext();
        var bottom = new Computed<int>(() => source.Value);
        for (var level = 0; level < 30; level++)
        {
            var (left, right) = (Plus(bottom), Plus(bottom));
            bottom = new Computed<int>(() => { runs++; return Math.Max(left.Value, right.Value); });
        }

        var seen = 0;
        using var effect = new Effect(() => seen = bottom.Value, context);
        context.Run();
        runs = 0;

        source.Value = 2;
        context.Run();

        Assert.Equal((32, 30), (seen, runs));

        static Computed<int> Plus(Computed<int> other) => new(() => other.Value + 1);
    }

    [Fact]
    public async Task It_never_mixes_an_older_state_with_a_newer_one()
    {
        var number = new State<int>(0);
        var same = new Computed<int>(() => number.Value);
        var difference = new Computed<int>(() => number.Value - same.Value);
        using var stopping = new CancellationTokenSource();
        var writer = Task.Run(() =>
        {
            // With gaps, as programs write: who writes without one leaves no time to read two values.
            for (var i = 0; i < 50_000; i++)
            {
                number.Value++;
                Thread.SpinWait(200);
            }

            stopping.Cancel();
        });

        var mixed = 0;
        var read = Task.Run(() =>
        {
            while (!stopping.IsCancellationRequested)
            {
                mixed += difference.Value == 0 ? 0 : 1;
            }
        });
        await Task.WhenAll(writer, read).InTime();

        Assert.Equal(0, mixed);
    }

    [Fact]
    public void An_exception_is_kept_until_what_was_read_changes()
    {
        var divisor = new State<int>(0);
        var runs = 0;
        var quotient = new Computed<int>(() => { runs++; return 10 / divisor.Value; });

        Assert.Throws<DivideByZeroException>(() => quotient.Value);
        Assert.Throws<DivideByZeroException>(() => quotient.Value);
        var failed = runs;
        divisor.Value = 5;

        Assert.Equal((1, 2, 2), (failed, quotient.Value, runs));
    }

    [Fact]
    public void What_needs_itself_says_so_and_works_when_the_circle_is_broken()
    {
        var isCircle = new State<bool>(true);
        Computed<int> first = null!;
        var second = new Computed<int>(() => first.Value + 1);
        first = new Computed<int>(() => isCircle.Value ? second.Value : 1);

        var error = Assert.Throws<InvalidOperationException>(() => first.Value);
        Assert.Throws<InvalidOperationException>(() => second.Value);
        isCircle.Value = false;

        Assert.Contains("needs its own value", error.Message, StringComparison.Ordinal);
        Assert.Equal((2, 1), (second.Value, first.Value));
    }

    [Fact]
    public void A_chain_that_is_too_long_is_refused()
    {
        var source = new State<int>(0);
        var last = new Computed<int>(() => source.Value);
        for (var i = 0; i < 10_000; i++)
        {
            var before = last;
            last = new Computed<int>(() => before.Value + 1);

            if (i < 400)
            {
                Assert.Equal(i + 1, last.Value);
            }
            else if (i < 600)
            {
                try
                {
                    _ = last.Value;
                }
                catch (InvalidOperationException exception)
                {
                    Assert.Contains("nested in more than", exception.Message, StringComparison.Ordinal);
                    return;
                }
            }
        }

        Assert.Fail("The chain has no end.");
    }

    [Fact]
    public void It_cannot_write()
    {
        var count = new State<int>(0);
        var list = new ListState<int>();

        var wrong = new Computed<int>(() => count.Value++);
        var wrongToo = new Computed<int>(() => { list.Add(1); return 1; });

        Assert.Contains("it only reads", Assert.Throws<InvalidOperationException>(() => wrong.Value).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => wrongToo.Value);
        Assert.Equal((0, 0), (count.Value, list.Count));
    }

    [Fact]
    public async Task It_is_the_same_on_many_threads()
    {
        var count = new State<int>(0);
        var twice = new Computed<int>(() => count.Value * 2);
        var four = new Computed<int>(() => twice.Value + twice.Value);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                // What it is meanwhile is not certain: the others write without a pause.
                count.Update(static count => count + 1);
                Assert.InRange(four.Value, 0, 80_000);
            }
        }))).InTime();

        Assert.Equal(80_000, four.Value);
    }
}
