using System.Diagnostics;
using Gallery.Files;

namespace Oriel.Gallery.Tests;

public sealed class FileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FileBrowser _browser;

    public FileTests() =>
        _browser = new FileBrowser(name => name.EndsWith(".png", StringComparison.Ordinal) ? "image/png" : null, _folder.Path);

    [Fact]
    public void Folders_come_first_and_both_kinds_by_name()
    {
        _folder.Write("b.txt", "");
        _folder.Write("A.txt", "");
        _folder.Write("zoo/x", "");
        _folder.Write("Bar/x", "");
        _folder.Write(".hidden", "");

        Assert.Equal(["Bar", "zoo", ".hidden", "A.txt", "b.txt"], Names());
    }

    [Fact]
    public void An_entry_tells_its_path_size_time_and_type()
    {
        _folder.Write("a b.png", "12345");
        var modified = new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_folder.Join("a b.png"), modified);

        var entry = Assert.Single(_browser.List(_folder.Path).Entries);

        Assert.Equal(new FileEntry("a b.png", _folder.Join("a b.png"), FileKind.File, 5, modified, "image/png"), entry);
    }

    [Fact]
    public void Links_are_shown_as_links_and_those_to_folders_stand_among_the_folders()
    {
        _folder.Write("file.png", "x");
        Directory.CreateDirectory(_folder.Join("folder"));
        File.CreateSymbolicLink(_folder.Join("to-file.png"), "file.png");
        Directory.CreateSymbolicLink(_folder.Join("to-folder.png"), "folder");
        File.CreateSymbolicLink(_folder.Join("to-nothing"), "nothing");

        var entries = _browser.List(_folder.Path).Entries;

        Assert.Equal(["folder", "to-folder.png", "file.png", "to-file.png", "to-nothing"], entries.Select(entry => entry.Name));
        Assert.Equal(
            [FileKind.Directory, FileKind.Link, FileKind.File, FileKind.Link, FileKind.Link],
            entries.Select(entry => entry.Kind));
        Assert.Equal([null, null, "image/png", "image/png", null], entries.Select(entry => entry.Mime));
    }

    [Fact]
    public void Pipes_and_devices_are_shown_as_other()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pipes and devices are told from files on Linux.");
        using var mkfifo = Process.Start("mkfifo", [_folder.Join("pipe")]);
        mkfifo.WaitForExit();
        _folder.Write("empty", "");

        var kinds = _browser.List(_folder.Path).Entries.Select(entry => entry.Kind);
        var zero = _browser.List("/dev").Entries.Single(entry => entry.Name == "zero");

        Assert.Equal([FileKind.File, FileKind.Other], kinds);
        Assert.Equal(FileKind.Other, zero.Kind);
    }

    [Fact]
    public void A_folder_with_more_than_5000_entries_is_truncated()
    {
        for (var i = 0; i < FileBrowser.MaximumEntries; i++)
        {
            File.Create(_folder.Join($"{i}")).Dispose();
        }

        var full = _browser.List(_folder.Path);
        _folder.Write("one-more", "");
        var tooFull = _browser.List(_folder.Path);

        Assert.Equal((5000, false), (full.Entries.Count, full.Truncated));
        Assert.Equal((5000, true), (tooFull.Entries.Count, tooFull.Truncated));
    }

    [Fact]
    public void The_path_is_normalised_and_its_parent_is_told()
    {
        Directory.CreateDirectory(_folder.Join("a/b"));

        var listing = _browser.List(_folder.Join("a/b/../b//"));

        Assert.Equal((_folder.Join("a/b"), _folder.Join("a")), (listing.Path, listing.Parent));
    }

    [Fact]
    public void The_root_has_no_parent()
    {
        var root = Path.GetPathRoot(_folder.Path)!;

        Assert.Null(_browser.List(root).Parent);
    }

    [Fact]
    public void A_folder_that_is_missing_is_an_error_that_names_it()
    {
        var error = Assert.Throws<FileBrowserException>(() => _browser.List(_folder.Join("nowhere")));

        Assert.Equal($"There is no folder {_folder.Join("nowhere")}.", error.Message);
    }

    [Fact]
    public void A_file_is_no_folder()
    {
        _folder.Write("file", "x");

        var error = Assert.Throws<FileBrowserException>(() => _browser.List(_folder.Join("file")));

        Assert.Equal($"{_folder.Join("file")} is not a folder.", error.Message);
    }

    [Fact]
    public void A_folder_that_may_not_be_read_is_an_error_that_says_so()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("An administrator may read everything.");
            return;
        }

        var secret = Directory.CreateDirectory(_folder.Join("secret"));
        secret.UnixFileMode = UnixFileMode.None;

        var error = Assert.Throws<FileBrowserException>(() => _browser.List(_folder.Join("secret")));
        secret.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

        Assert.Contains("may not read", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("etc")]
    [InlineData("../etc")]
    [InlineData("/etc\0/x")]
    public void A_path_that_is_not_absolute_is_an_error(string path) =>
        Assert.Throws<FileBrowserException>(() => _browser.List(path));

    [Fact]
    public void The_places_are_there_and_none_comes_twice()
    {
        var places = _browser.Places();

        Assert.Equal("Samples", places[0].Name);
        Assert.Contains(places, place => place.Name == "Root");
        Assert.All(places, place => Assert.True(Directory.Exists(place.Path)));
        Assert.Distinct(places.Select(place => place.Path));
    }

    public void Dispose() => _folder.Dispose();

    private IEnumerable<string> Names() => _browser.List(_folder.Path).Entries.Select(entry => entry.Name);
}
