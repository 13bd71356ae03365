using System.Diagnostics;

namespace Oriel.Engines.Gtk.Tests;

/// <summary>Windows under a real window manager.</summary>
public sealed class WindowManagerTests(TestApp app)
{
    [Fact]
    public async Task The_handle_is_the_window_of_the_window_system()
    {
        await using var page = await ShowAsync(new WindowOptions { Title = "A window of the test é 漢" });

        Assert.Equal("A window of the test é 漢", await ToolAsync("getwindowname", await page.HandleAsync()));
    }

    [Fact]
    public async Task A_title_is_the_documents_once_it_has_one()
    {
        await using var page = await ShowAsync(new WindowOptions { Title = "Before" });
        var handle = await page.HandleAsync();

        page.Window.Title = "From C#";
        await UntilNameAsync(handle, "From C#");
        await page.RunAsync("document.title = 'From the page'");
        await UntilNameAsync(handle, "From the page");
        await page.RunAsync("await oriel.window.setTitle('By command')");
        await UntilNameAsync(handle, "By command");
    }

    [Fact]
    public async Task The_content_has_the_size_that_was_asked_for()
    {
        await using var page = await ShowAsync(new WindowOptions { Width = 500, Height = 400 });
        await page.UntilAsync("innerWidth === 500 && innerHeight === 400");

        page.Window.Size = new WindowSize(640, 360);
        await page.UntilAsync("innerWidth === 640 && innerHeight === 360");
        await Eventually.TrueAsync(() => page.Window.Size == new WindowSize(640, 360), "C# is told");
        await page.RunAsync("await oriel.window.setSize(555, 333)");
        await page.UntilAsync("innerWidth === 555 && innerHeight === 333");
    }

    [Fact]
    public async Task A_window_goes_through_its_states_and_back()
    {
        await using var page = await ShowAsync(new WindowOptions { Width = 500, Height = 400 });

        foreach (var state in (WindowState[])[WindowState.Maximized, WindowState.Normal, WindowState.Fullscreen, WindowState.Maximized, WindowState.Fullscreen, WindowState.Normal, WindowState.Minimized, WindowState.Normal])
        {
            page.Window.State = state;
            await Eventually.TrueAsync(() => page.Window.State == state, $"the window is {state}");
        }

        await page.UntilAsync("innerWidth === 500 && innerHeight === 400");
    }

    [Fact]
    public async Task A_page_drives_the_states_of_its_window()
    {
        await using var page = await ShowAsync(new WindowOptions { Width = 500, Height = 400 });

        await page.RunAsync("await oriel.window.maximize()");
        await Eventually.TrueAsync(() => page.Window.State == WindowState.Maximized, "maximized");
        await page.RunAsync("await oriel.window.restore()");
        await Eventually.TrueAsync(() => page.Window.State == WindowState.Normal, "restored");
        await page.RunAsync("await oriel.window.setFullscreen(true)");
        await Eventually.TrueAsync(() => page.Window.State == WindowState.Fullscreen, "fullscreen");
        await page.RunAsync("await oriel.window.setFullscreen(false)");
        await Eventually.TrueAsync(() => page.Window.State == WindowState.Normal, "not fullscreen");
        await page.RunAsync("await oriel.window.minimize()");
        await Eventually.TrueAsync(() => page.Window.State == WindowState.Minimized, "minimized");
    }

    [Fact]
    public async Task A_window_is_as_small_as_its_minimum_and_no_smaller()
    {
        await using var page = await ShowAsync(new WindowOptions { Width = 500, Height = 400, MinimumSize = new WindowSize(300, 200) });

        page.Window.Size = new WindowSize(100, 100);

        await page.UntilAsync("innerWidth === 300 && innerHeight === 200");
    }

    [Fact]
    public async Task The_users_close_can_be_refused()
    {
        using var screen = new Screen();
        await using var page = await ShowAsync(new WindowOptions());
        var asked = 0;
        var refuses = true;
        page.Window.Closing += (_, arguments) =>
        {
            arguments.Cancel = refuses;
            Interlocked.Increment(ref asked);
        };

        screen.CloseWindow(await page.HandleAsync());
        await Eventually.TrueAsync(() => Volatile.Read(ref asked) == 1, "the application is asked");
        await page.RunAsync("await oriel.invoke('echo', 1)");
        Assert.False(page.Window.IsClosed);

        refuses = false;
        screen.CloseWindow(await page.HandleAsync());
        await Eventually.TrueAsync(() => page.Window.IsClosed, "the window is closed");
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task The_focused_window_is_told()
    {
        await using var first = await ShowAsync(new WindowOptions());
        await using var second = await ShowAsync(new WindowOptions());

        first.Window.Focus();
        await Eventually.TrueAsync(() => first.Window.IsFocused && !second.Window.IsFocused, "the first has the focus");
        second.Window.Focus();
        await Eventually.TrueAsync(() => second.Window.IsFocused && !first.Window.IsFocused, "the second has the focus");
    }

    private async Task<Page> ShowAsync(WindowOptions options)
    {
        var page = await app.OpenAsync("<!doctype html><body>", options);
        await Eventually.TrueAsync(() => page.Window.IsShown, "the window is shown");
        await page.UntilAsync("innerWidth > 0");
        return page;
    }

    private static async Task UntilNameAsync(nint handle, string name)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < Eventually.Timeout;)
        {
            if (await ToolAsync("getwindowname", handle) == name)
            {
                return;
            }
        }

        Assert.Fail($"The window is not called {name}.");
    }

    private static async Task<string> ToolAsync(string command, nint handle)
    {
        using var tool = Process.Start(new ProcessStartInfo("xdotool", [command, $"{handle}"]) { RedirectStandardOutput = true })!;
        var output = await tool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await tool.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output.TrimEnd('\n');
    }
}
