namespace Oriel.Components.Tests;

/// <summary>A view in a page in memory.</summary>
internal static class ShownView
{
    public static TestPage Show(Func<View> view) =>
        TestPage.Show<RootView>(new Dictionary<string, object?> { [nameof(RootView.Content)] = view });

    /// <summary>Waits for what was written to be rendered, and acknowledges it.</summary>
    /// <returns>The ops of the frame that came of it.</returns>
    public static async Task<string> NextAsync(this TestPage page, int frames)
    {
        await Soon.UntilAsync(() => page.Frames.Count > frames);
        await page.SendAsync("ack");
        return TestPage.Body(page.Frames[frames]);
    }

    /// <summary>Waits until nothing waits any more on the page's dispatcher: what comes after it is posted, too, and so comes later.</summary>
    public static async Task SettleAsync(this TestPage page)
    {
        for (var turn = 0; turn < 3; turn++)
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await page.Session.Dispatcher.InvokeAsync(() => SynchronizationContext.Current!.Post(_ => done.SetResult(), null)).InTime();
            await done.Task.InTime();
            await page.SendAsync("ack");
        }
    }
}
