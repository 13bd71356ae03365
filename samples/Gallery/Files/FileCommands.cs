using Oriel;
using Oriel.Assets;

namespace Gallery.Files;

/// <summary>What the Files page calls.</summary>
/// <param name="samples">Where the folder "Samples" is made when the page first asks for the places.</param>
[Commands("files")]
internal sealed class FileCommands(string samples)
{
    private readonly FileBrowser _browser = new(MimeTypes.Find, samples);
    private readonly Lazy<bool> _makeSamples = new(() => TryMakeSamples(samples));

    /// <summary>Lists the folders from which to begin.</summary>
    [Command(Example = "{}")]
    public IReadOnlyList<FilePlace> Places()
    {
        _ = _makeSamples.Value;
        return _browser.Places();
    }

    /// <summary>Lists a folder.</summary>
    /// <param name="path">The folder's absolute path.</param>
    [Command(Example = """{"path":"/usr"}""")]
    public FileListing List(string path) => _browser.List(path);

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
