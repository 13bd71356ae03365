namespace Oriel.Components;

/// <summary>Finds the window that an address belongs to: the one whose own address is the longest that the path begins with, and else the first.</summary>
internal sealed class WindowPages(OrielApp app)
{
    /// <summary>What is served at a path; null when there is no window.</summary>
    public ServedPage? Find(string path)
    {
        ServedPage? found = null;
        var length = -1;
        foreach (var window in app.Windows)
        {
            if (ComponentWindow.Of(window) is not { } shown)
            {
                continue;
            }

            // The first window has all that is left.
            var own = found is null ? "" : shown.Path;
            if (own.Length > length && ServedPlace.IsBelow(path, own))
            {
                found = new ServedPage(shown.Root, window);
                length = own.Length;
            }
        }

        return found;
    }
}
