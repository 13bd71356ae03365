namespace Oriel.Engines.Gtk.Tests;

/// <summary>Events of the application never take a name that the platform has.</summary>
public sealed class EventNameTests(TestApp app)
{
    [Fact]
    public async Task Every_event_that_this_engine_has_on_its_window_is_refused()
    {
        await using var page = await app.OpenAsync();
        var names = (await page.RunAsync("const names = []; for (const name in window) if (name.startsWith('on')) names.push(name.slice(2)); return names"))
            .EnumerateArray().Select(static name => name.GetString()!).ToList();

        var accepted = names.Where(name =>
        {
            try
            {
                app.App.Events.On(name, static (_, _) => ValueTask.CompletedTask).Dispose();
                return true;
            }
            catch (ArgumentException)
            {
                return false;
            }
        });

        Assert.True(names.Count > 80, "the engine has events");
        Assert.Empty(accepted);
    }

    [Fact]
    public async Task An_event_that_both_sides_know_does_not_come_back()
    {
        var heard = 0;
        using var subscription = app.App.Events.On("both", (_, _) =>
        {
            Interlocked.Increment(ref heard);
            return ValueTask.CompletedTask;
        });
        await using var page = await app.OpenAsync("<script>window.heard = 0; oriel.on('both', () => heard++); addEventListener('both', () => heard++)</script>");

        await page.Window.EmitAsync("both", "1"u8.ToArray());
        await page.UntilAsync("heard === 2");
        await page.RunAsync("window.dispatchEvent(new CustomEvent('both', { detail: 1 })); await oriel.emit('both', 1)");

        await Eventually.TrueAsync(() => Volatile.Read(ref heard) == 2, "what the page did is heard");
        Assert.Equal(3, (await page.RunAsync("await oriel.invoke('echo', 1); return heard")).GetInt32());
    }
}
