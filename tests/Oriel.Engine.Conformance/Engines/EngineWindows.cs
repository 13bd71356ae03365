namespace Oriel.Engine.Conformance;

internal static class EngineWindows
{
    /// <summary>Closes a window, and waits until it is gone.</summary>
    public static async Task CloseAsync(Window window)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        window.Closed += (_, _) => closed.TrySetResult();

        if (!window.IsClosed)
        {
            window.Close();
            await closed.Task.Soon();
        }
    }
}
