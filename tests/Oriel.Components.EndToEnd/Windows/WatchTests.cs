namespace Oriel.Components.EndToEnd;

/// <summary>A program under <c>dotnet watch</c>.</summary>
[Trait("Weight", "heavy")]
public sealed class WatchTests
{
    [Fact]
    public async Task A_change_is_shown_in_the_open_window_and_a_restart_brings_back_the_route_and_what_was_counted()
    {
        await using var sample = new SampleCopy();
        var watch = sample.Start("dotnet", "watch", "--non-interactive");
        await sample.TitleAsync(watch, "Counted 0 at /");
        await SampleCopy.ClickAsync("Counted 0 at /");
        await sample.TitleAsync(watch, "Counted 1 at /place/1");

        sample.Change("Counter.razor", "<PageTitle>Counted", "<PageTitle>Changed");
        await sample.TitleAsync(watch, "Changed 1 at /place/1");

        // The type of a property cannot change while the program runs. The text is what tells the new program from the one before.
        sample.Change("Counter.razor", "public int Count", "public long Count");
        sample.Change("Counter.razor", "<PageTitle>Changed", "<PageTitle>Restarted");
        await sample.TitleAsync(watch, "Restarted 1 at /place/1");
        await SampleCopy.ClickAsync("Restarted 1 at /place/1");

        await sample.TitleAsync(watch, "Restarted 2 at /place/2");
    }
}
