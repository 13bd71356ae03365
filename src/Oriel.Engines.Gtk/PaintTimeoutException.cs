namespace Oriel.Engines.Gtk;

/// <summary>A page was loaded and nothing of it was ever painted.</summary>
public sealed class PaintTimeoutException : Exception
{
    internal PaintTimeoutException(string address, TimeSpan timeout, string? setting)
        : base($"{address} has not painted within {timeout.TotalSeconds:0} s of its load. If the window is blank, try another renderer: " +
            "WEBKIT_DISABLE_DMABUF_RENDERER=1, then WEBKIT_DISABLE_COMPOSITING_MODE=1. " +
            (setting is null ? "Nothing was chosen for this machine." : $"Chosen for this machine: {setting}."))
    {
    }
}
