namespace Oriel.Engines.Gtk.Tests;

/// <summary>How a program on this engine starts and ends, seen from outside.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("app")]
    [InlineData("beside")]
    public async Task An_ordinary_run_says_nothing_on_standard_error(string scenario)
    {
        var child = await Child.RunAsync(scenario);

        Assert.Equal(new Child(0, "\"called\"\n", ""), child);
    }

    [Fact]
    public async Task Without_a_display_the_error_says_what_to_do()
    {
        var child = await Child.RunAsync("app", ("DISPLAY", null), ("WAYLAND_DISPLAY", null));

        Assert.Equal(3, child.ExitCode);
        Assert.StartsWith("EngineUnavailableException: There is no display", child.Output, StringComparison.Ordinal);
        Assert.Contains("xvfb-run", child.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("libwebkit2gtk-4.1.so.0", "app", "libwebkit2gtk-4.1-0")]
    [InlineData("libwebkit2gtk-4.0.so.37", "app-4.0", "libwebkit2gtk-4.0-37")]
    [InlineData("libgtk-3.so.0", "app", "libgtk-3-0")]
    public async Task A_missing_library_is_reported_with_the_package_to_install(string library, string scenario, string package)
    {
        // A file that is no library stands before the real one; the loader does not look further.
        var folder = Directory.CreateTempSubdirectory("oriel-libraries");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, library), "");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "libwebkit2gtk-4.0.so.37"), "");

        var child = await Child.RunAsync(scenario, ("LD_LIBRARY_PATH", folder.FullName));
        folder.Delete(recursive: true);

        Assert.Equal(3, child.ExitCode);
        Assert.StartsWith($"EngineUnavailableException: {library} is missing.", child.Output, StringComparison.Ordinal);
        Assert.Contains($"apt install {package} ", child.Output, StringComparison.Ordinal);
    }
}
