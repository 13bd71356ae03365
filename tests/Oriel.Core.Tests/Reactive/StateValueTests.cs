namespace Oriel.Tests;

public sealed class StateValueTests
{
    [Fact]
    public void A_state_has_the_value_that_was_written_last()
    {
        var count = new State<int>(1);

        count.Value = 2;
        var result = count.Update(static count => count + 1);

        Assert.Equal((3, 3), (result, count.Value));
    }

    [Fact]
    public void An_equal_value_tells_nobody()
    {
        var name = new State<string>("Ada", StringComparer.OrdinalIgnoreCase);
        var runs = 0;
        var context = new ManualContext();
        using var effect = new Effect(() => { _ = name.Value; runs++; }, context);
        context.Run();

        name.Value = "ADA";

        Assert.Equal((1, 0, "Ada"), (runs, context.Waiting, name.Value));
    }

    [Fact]
    public async Task Writes_from_many_threads_lose_nothing()
    {
        var count = new State<int>(0);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                count.Update(static count => count + 1);
            }
        }))).InTime();

        Assert.Equal(80_000, count.Value);
    }

    [Fact]
    public void An_exception_of_Update_leaves_the_value()
    {
        var count = new State<int>(1);

        Assert.Throws<FormatException>(() => count.Update(static _ => throw new FormatException()));

        Assert.Equal(1, count.Value);
    }

    [Fact]
    public void A_thousand_readers_that_come_and_go_leave_nothing_behind()
    {
        var count = new State<int>(0);
        var twice = new Computed<int>(() => count.Value * 2);
        var context = new ManualContext();
        var most = 0;

        for (var round = 0; round < 5; round++)
        {
            var effects = Enumerable.Range(0, 2_000).Select(_ => new Effect(() => _ = count.Value + twice.Value, context)).ToArray();
            context.Run();
            most = Math.Max(most, ReadersOf(count));
            Array.ForEach(effects, static effect => effect.Dispose());
        }

        Assert.Equal((2_001, 0, 0), (most, ReadersOf(count), ReadersOf(twice)));
    }

    [Fact]
    public void What_is_computed_for_nobody_any_more_is_held_by_nothing()
    {
        var count = new State<int>(0);
        var computed = MakeAndForget(count);

        GC.Collect();

        Assert.Equal((false, 0), (computed.IsAlive, ReadersOf(count)));
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference MakeAndForget(State<int> count)
    {
        var computed = new Computed<int>(() => count.Value * 2);
        var context = new ManualContext();
        using (new Effect(() => _ = computed.Value, context))
        {
            context.Run();
            Assert.Equal(1, ReadersOf(count));
        }

        return new WeakReference(computed);
    }

    private static int ReadersOf(object source) => ((ISource)source).Readers.Count;
}
