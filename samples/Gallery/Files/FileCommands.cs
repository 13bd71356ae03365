using Oriel;
using Oriel.Assets;

namespace Gallery.Files;

/// <summary>What the Files page calls.</summary>
internal static class FileCommands
{
    /// <summary>Adds the commands.</summary>
    /// <param name="app">The application.</param>
    /// <param name="samples">Where the folder "Samples" is made when the page first asks for the places.</param>
    public static void AddTo(OrielApp app, string samples)
    {
        var browser = new FileBrowser(MimeTypes.Find, samples);
        var makeSamples = new Lazy<bool>(() => TryMakeSamples(samples));
        var json = GalleryJson.Default;

        app.Commands.Map(
            "files.places",
            context =>
            {
                _ = makeSamples.Value;
                return browser.Places();
            },
            json.IReadOnlyListFilePlace,
            new CommandOptions { Description = "Lists the folders from which to begin.", Example = "{}" });

        app.Commands.Map(
            "files.list",
            (arguments, _) => ValueTask.FromResult(browser.List(arguments.Path)),
            json.FileListArguments,
            json.FileListing,
            new CommandOptions { Description = "Lists a folder.", Example = """{"path":"/usr"}""" });
    }

    private static bool TryMakeSamples(string folder)
    {
        try
        {
            SampleFiles.CreateIn(folder);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // No room for them: the place is left out.
            return false;
        }
    }
}
