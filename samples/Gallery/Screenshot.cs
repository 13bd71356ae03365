using Oriel;

namespace Gallery;

/// <summary>Takes a picture of the Gallery and ends it.</summary>
internal static class Screenshot
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Waits until the page has painted its data, and a while longer; writes the picture as PNG, and quits.</summary>
    /// <remarks>When that fails the program ends with the exit code 1, and says why on standard error.</remarks>
    public static async Task TakeAndQuitAsync(OrielApp app, Window window, string file, TimeSpan delay)
    {
        try
        {
            await PaintedAsync(app, window).WaitAsync(Timeout).ConfigureAwait(false);
            await Task.Delay(delay).ConfigureAwait(false);
            await File.WriteAllBytesAsync(file, await window.SnapshotAsync().ConfigureAwait(false)).ConfigureAwait(false);
            app.Quit();
        }
        catch (Exception exception)
        {
            await Console.Error.WriteLineAsync($"{file} could not be made: {exception.Message}").ConfigureAwait(false);
            app.Quit(1);
        }
    }

    private static async Task PaintedAsync(OrielApp app, Window window)
    {
        var painted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = app.Events.On<PagePainted>("page.painted", (from, _) =>
        {
            if (from == window)
            {
                painted.TrySetResult();
            }
        });

        await painted.Task.ConfigureAwait(false);
    }
}
