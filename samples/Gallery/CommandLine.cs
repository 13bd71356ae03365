using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Oriel;

namespace Gallery;

/// <summary>The options of the program.</summary>
internal static class CommandLine
{
    /// <summary>Runs the program with what its arguments say, or tells what is wrong with them.</summary>
    /// <returns>The exit code.</returns>
    // Without arguments nothing is parsed: measured, System.CommandLine is 10 to 16 ms of the start.
    public static int Run(string[] arguments, Func<GalleryOptions, int> program) =>
        arguments.Length == 0 ? program(new GalleryOptions()) : Parse(arguments, program);

    private static int Parse(string[] arguments, Func<GalleryOptions, int> program)
    {
        var page = new Option<string>("--page") { Description = "The page to begin with.", DefaultValueFactory = static _ => GalleryOptions.Pages[0] };
        page.AcceptOnlyFromAmong([.. GalleryOptions.Pages]);

        var theme = new Option<string?>("--theme") { Description = "The theme, instead of the system's." };
        theme.AcceptOnlyFromAmong("light", "dark");

        var path = new Option<string?>("--path") { Description = "A folder or a file for the Files page.", HelpName = "path" };
        var size = new Option<WindowSize>("--size") { Description = "The size of the window.", HelpName = "WxH", CustomParser = ParseSize, DefaultValueFactory = static _ => new GalleryOptions().Size };
        var screenshot = new Option<string?>("--screenshot") { Description = "Takes a picture of the window when the page shows its data, and quits.", HelpName = "file.png" };
        var delay = new Option<double>("--delay") { Description = "The seconds for which the page runs before its picture is taken.", HelpName = "seconds" };

        var command = new RootCommand("The Gallery: what an Oriel application can do.") { page, theme, path, size, screenshot, delay };
        command.SetAction(result => program(new GalleryOptions
        {
            Page = result.GetRequiredValue(page),
            Theme = result.GetValue(theme) is { } name ? Enum.Parse<Theme>(name, ignoreCase: true) : null,
            Path = result.GetValue(path),
            Size = result.GetValue(size),
            Screenshot = result.GetValue(screenshot),
            Delay = TimeSpan.FromSeconds(Math.Clamp(result.GetValue(delay), 0, 3600)),
        }));

        return command.Parse(arguments).Invoke();
    }

    private static WindowSize ParseSize(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var parts = text.Split('x');

        if (parts.Length == 2 && IsLength(parts[0], out var width) && IsLength(parts[1], out var height))
        {
            return new WindowSize(width, height);
        }

        result.AddError($"\"{text}\" is not a size. Write it as 1280x800.");
        return default;
    }

    private static bool IsLength(string text, out int length) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out length) && length is >= 200 and <= 16384;
}
