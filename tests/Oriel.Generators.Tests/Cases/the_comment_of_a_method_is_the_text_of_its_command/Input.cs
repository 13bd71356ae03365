using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app) => app.Commands.Map("walk", Walk);

    /// <summary>
    /// Walks a folder, with <see cref="string"/> for <c>root</c>.
    /// </summary>
    /// <param name="root">Where to begin.</param>
    /// <param name="depth">How deep.</param>
    /// <returns>How many files there are.</returns>
    private static int Walk(string root, int depth = 3) => root.Length + depth;
}
