using Oriel.Components.Widgets;

namespace Oriel.Components.Tests.Widgets;

public sealed class ToastServiceTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_message_goes_by_itself()
    {
        using var toasts = new ToastService(_time);
        toasts.Show(new Toast("Saved") { Duration = TimeSpan.FromSeconds(2) });
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(toasts.Shown);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(toasts.Shown);
    }

    [Fact]
    public void A_message_stays_while_the_pointer_is_over_it()
    {
        using var toasts = new ToastService(_time);
        toasts.Show(new Toast("Saved") { Duration = TimeSpan.FromSeconds(2) });
        toasts.Pause();
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(toasts.Shown);
        toasts.Resume();

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Empty(toasts.Shown);
    }

    [Fact]
    public void A_message_without_a_duration_stays()
    {
        using var toasts = new ToastService(_time);
        toasts.Show(new Toast("Read me") { Duration = TimeSpan.Zero });

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Single(toasts.Shown);
    }

    [Fact]
    public void The_oldest_goes_when_there_are_too_many()
    {
        using var toasts = new ToastService(_time);

        for (var number = 1; number <= 6; number++)
        {
            toasts.Show($"{number}");
        }

        Assert.Equal(["2", "3", "4", "5", "6"], toasts.Shown.Select(static toast => toast.Text));
    }

    [Fact]
    public void Messages_of_one_text_go_each_by_itself()
    {
        using var toasts = new ToastService(_time);
        var first = new Toast("Same");
        toasts.Show(first);
        toasts.Show(new Toast("Same"));

        toasts.Dismiss(first);

        Assert.NotSame(first, Assert.Single(toasts.Shown));
    }
}
