namespace Oriel.Components.EndToEnd;

/// <summary>A program under <c>dotnet watch</c>.</summary>
[Trait("Weight", "heavy")]
public sealed class WatchTests
{
    [Fact]
    public async Task A_change_is_shown_in_the_open_window_where_it_is_with_what_was_counted()
    {
        await using var sample = new SampleCopy();
        var watch = sample.Start("dotnet", "watch", "--non-interactive");
        await sample.TitleAsync(watch, "Counted 0 at /");
        await SampleCopy.ClickAsync("Counted 0 at /");
        await sample.TitleAsync(watch, "Counted 1 at /place/1");

        sample.Change("Counter.razor", "<PageTitle>Counted", "<PageTitle>Changed");
        await sample.TitleAsync(watch, "Changed 1 at /place/1");
    }
}
