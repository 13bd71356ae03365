using Oriel;

namespace Gallery;

/// <summary>Keeps which theme the page showed last, for the background of the next window.</summary>
/// <remarks>
/// The page alone knows whether it is light or dark: what the user chose on it comes before what the system prefers. It is
/// not there yet when its window needs a background, so the window gets that of the time before, and a first one the light.
/// </remarks>
/// <param name="path">The file that keeps it.</param>
internal sealed class ThemeMemory(string path)
{
    /// <summary>The theme of the time before.</summary>
    public Theme Last
    {
        get
        {
            try
            {
                return File.Exists(path) && Enum.TryParse<Theme>(File.ReadAllText(path), out var theme) ? theme : Theme.Light;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return Theme.Light;
            }
        }
    }

    /// <summary>Keeps what the pages of an application tell.</summary>
    public void Follow(OrielApp app) => app.Events.On<PageTheme>("page.theme", (_, shown) =>
    {
        if (shown is not null && shown.Theme != Last)
        {
            Keep(shown.Theme);
        }
    });

    private void Keep(Theme theme)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, theme.ToString());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A home that cannot be written to: the next window begins light.
        }
    }
}
