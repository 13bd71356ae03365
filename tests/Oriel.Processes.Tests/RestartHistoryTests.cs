namespace Oriel.Processes.Tests;

public sealed class RestartHistoryTests
{
    private readonly Clock _clock = new();

    [Fact]
    public void Pauses_double_up_to_the_longest()
    {
        var history = Create(new RestartPolicy { Limit = 8 });
        var pauses = Enumerable.Range(0, 8).Select(_ => history.Next()!.Value.TotalSeconds);

        Assert.Equal([0.25, 0.5, 1, 2, 4, 8, 10, 10], pauses);
    }

    [Fact]
    public void After_the_limit_there_is_no_restart()
    {
        var history = Create(RestartPolicy.Default);
        for (var i = 0; i < 5; i++)
        {
            Assert.NotNull(history.Next());
        }

        Assert.Null(history.Next());
    }

    [Fact]
    public void A_death_is_forgotten_after_the_period()
    {
        var history = Create(new RestartPolicy { Limit = 1 });
        Assert.NotNull(history.Next());
        _clock.Now += TimeSpan.FromSeconds(59);
        Assert.Null(history.Next());
        _clock.Now += TimeSpan.FromSeconds(1);

        Assert.Equal(0.25, history.Next()!.Value.TotalSeconds);
    }

    [Fact]
    public void Never_means_never() => Assert.Null(Create(RestartPolicy.Never).Next());

    [Fact]
    public void Pauses_differ_by_a_fifth_at_most()
    {
        var history = new RestartHistory(new RestartPolicy(), _clock, static () => 1);

        Assert.Equal(0.2, history.Next()!.Value.TotalSeconds, 6);
    }

    private RestartHistory Create(RestartPolicy policy) => new(policy, _clock, static () => 0);

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
