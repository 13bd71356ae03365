namespace Oriel.Engine.Conformance;

/// <summary>Windows, and what pages can do with theirs.</summary>
public abstract class WindowTests(EngineFixture engine)
{
    [Fact]
    public async Task A_window_shows_itself_when_its_page_is_there()
    {
        await using var page = await engine.OpenAsync();

        await Patience.UntilAsync(() => page.Window.IsShown, "the window to be shown");
    }

    [Fact]
    public async Task The_title_follows_the_document()
    {
        var path = engine.AddPage("From the page");
        await using var page = await engine.OpenAsync(new WindowOptions { Title = "At first", Url = path });

        await Patience.UntilAsync(() => page.Window.Title == "From the page", "the document's title");
        await page.SetTitleAsync("Sét by the script");
        await Patience.UntilAsync(() => page.Window.Title == "Sét by the script", "the title that the script set");
    }

    [Fact]
    public async Task A_page_sets_its_window_s_title()
    {
        await using var page = await engine.OpenAsync();
        await using var other = await engine.OpenAsync();

        await page.InvokeAsync("oriel.window.setTitle", """{"title":"Of the page"}""");

        Assert.Equal("Of the page", page.Window.Title);
        Assert.NotEqual("Of the page", other.Window.Title);
    }

    [Theory]
    [InlineData("setTitle", "null")]
    [InlineData("setTitle", "{}")]
    [InlineData("setTitle", """{"title":7}""")]
    [InlineData("setTitle", """{"title":null}""")]
    [InlineData("setTitle", """{"title":"\ud800"}""")]
    [InlineData("setTitle", """["title"]""")]
    [InlineData("setTitle", "7")]
    [InlineData("setSize", """{"width":100}""")]
    [InlineData("setSize", """{"width":0,"height":100}""")]
    [InlineData("setSize", """{"width":100,"height":-1}""")]
    [InlineData("setSize", """{"width":1.5,"height":100}""")]
    [InlineData("setSize", """{"width":100000,"height":100}""")]
    [InlineData("setSize", """{"width":1e99,"height":100}""")]
    [InlineData("setSize", """{"width":"100","height":100}""")]
    [InlineData("setFullscreen", "null")]
    [InlineData("setFullscreen", """{"enabled":1}""")]
    public async Task A_command_of_the_window_refuses_arguments_that_do_not_fit(string command, string arguments)
    {
        await using var page = await engine.OpenAsync();

        var error = await Assert.ThrowsAsync<PageErrorException>(() => page.InvokeAsync($"oriel.window.{command}", arguments));

        Assert.Equal(-32602, error.Code);
    }

    [Fact]
    public async Task A_page_closes_its_window()
    {
        var page = await engine.OpenAsync();

        _ = page.InvokeAsync("oriel.window.close").ContinueWith(static call => call.Exception, TaskScheduler.Default);

        await Patience.UntilAsync(() => page.Window.IsClosed, "the window to be closed");
        await Patience.UntilAsync(() => !engine.App.Windows.Contains(page.Window), "the application to forget it");
    }

    [Fact]
    public async Task Closing_can_be_refused()
    {
        var page = await engine.OpenAsync();
        var asked = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var refuses = true;
        page.Window.Closing += (_, e) =>
        {
            e.Cancel = refuses;
            asked.TrySetResult(engine.App.Dispatcher.CheckAccess());
        };

        page.Window.Close();
        Assert.True(await asked.Task.Soon());
        Assert.Equal("null", await page.InvokeAsync("oriel.window.setTitle", """{"title":"Still here"}"""));
        Assert.False(page.Window.IsClosed);

        refuses = false;
        await page.DisposeAsync();
        Assert.True(page.Window.IsClosed);
    }

    [Fact]
    public async Task What_is_asked_of_a_closed_window_does_nothing_or_says_so()
    {
        var page = await engine.OpenAsync();
        await page.DisposeAsync();

        page.Window.Title = "Nobody sees it";
        page.Window.Reload();
        page.Window.LoadUrl("index.html");
        page.Window.Close();

        await Assert.ThrowsAsync<InvalidOperationException>(() => page.Window.WhenReadyAsync().Soon());
        await Assert.ThrowsAsync<InvalidOperationException>(() => page.Window.EvaluateAsync("return 1").Soon());
    }

    [Fact]
    public async Task Thirty_windows_open_and_close()
    {
        for (var i = 0; i < 30; i++)
        {
            var page = await engine.OpenAsync();
            await page.InvokeAsync("oriel.window.setTitle", $$"""{"title":"{{i}}"}""");
            await page.DisposeAsync();
        }

        // Told of its end are first those who listen to the window, then the application.
        await Patience.UntilAsync(() => engine.App.Windows.Count == 0, "the application to forget them");
    }

    [Fact]
    public async Task What_the_engine_cannot_do_it_says()
    {
        await using var page = await engine.OpenAsync();
        var features = engine.App.Engine.Features;

        if (features.HasFlag(Engines.EngineFeatures.Snapshot))
        {
            Assert.Equal([0x89, .. "PNG"u8], (await page.Window.SnapshotAsync().Soon())[..4]);
        }
        else
        {
            await Assert.ThrowsAsync<Engines.EngineNotSupportedException>(() => page.Window.SnapshotAsync().Soon());
        }

        if (features.HasFlag(Engines.EngineFeatures.Scripts))
        {
            Assert.Equal("""{"a":[1,null,"ü"]}""", await page.Window.EvaluateAsync("return await Promise.resolve({ a: [1, null, 'ü'] })").Soon());
            await Assert.ThrowsAsync<Engines.ScriptException>(() => page.Window.EvaluateAsync("throw new Error('on purpose')").Soon());
            await Assert.ThrowsAsync<Engines.ScriptException>(() => page.Window.EvaluateAsync("this is no script").Soon());
        }
        else
        {
            await Assert.ThrowsAsync<Engines.EngineNotSupportedException>(() => page.Window.EvaluateAsync("return 1").Soon());
        }
    }
}
