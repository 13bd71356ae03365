using System.Diagnostics;
using Oriel.Assets;
using Oriel.Assets.Native;

namespace Oriel.Tests;

public sealed class FolderAssetSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FolderAssetSourceTests()
    {
        _folder.Write("web/index.html");
        _folder.Write("web/sub/page.html");
        _folder.Write("secret.txt", "outside");
        _folder.Write("website/secret.txt", "outside");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_served_with_its_type_and_a_tag_that_changes_with_it()
    {
        var source = Source();
        using var first = source.Open("index.html")!.Content;
        var tag = source.Open("index.html")!.EntityTag;
        Assert.Equal("inside", Read(source, "index.html"));
        Assert.Equal("text/html; charset=utf-8", source.Open("index.html")!.ContentType);

        _folder.Write("web/index.html", "changed");
        Assert.NotEqual(tag, source.Open("index.html")!.EntityTag);
    }

    [Theory]
    [InlineData("missing.html")]
    [InlineData("../secret.txt")]
    [InlineData("sub/../../secret.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("index.html/")]
    [InlineData("index.html/x")]
    [InlineData("index.html\0.png")]
    [InlineData("\0")]
    [InlineData("sub")]
    [InlineData("")]
    [InlineData(".")]
    public void What_is_no_file_of_the_folder_is_not_there(string path) => Assert.Null(Source().Open(path));

    [Fact]
    public void A_very_long_path_is_not_there()
    {
        Assert.Null(Source().Open(new string('a', 5_000)));
        Assert.Null(Source().Open(string.Join('/', Enumerable.Repeat("a", 5_000))));
    }

    [Fact]
    public void A_link_that_stays_inside_is_followed()
    {
        File.CreateSymbolicLink(_folder.Join("web/link.html"), "sub/page.html");
        Directory.CreateSymbolicLink(_folder.Join("web/dir"), _folder.Join("web/sub"));

        Assert.Equal("inside", Read(Source(), "link.html"));
        Assert.Equal("inside", Read(Source(), "dir/page.html"));
    }

    [Theory]
    [InlineData("../secret.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("../website/secret.txt")]
    [InlineData("nowhere")]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    [InlineData("/proc/self/environ")]
    [InlineData("/proc/self/mem")]
    public void A_link_that_leaves_or_dangles_is_not_there(string target)
    {
        File.CreateSymbolicLink(_folder.Join("web/link.html"), target);

        Assert.Null(Source().Open("link.html"));
    }

    [Fact]
    public void A_link_to_a_folder_outside_is_not_there()
    {
        Directory.CreateSymbolicLink(_folder.Join("web/up"), "..");
        Directory.CreateSymbolicLink(_folder.Join("web/loop"), "loop");

        Assert.Null(Source().Open("up/secret.txt"));
        Assert.Null(Source().Open("loop"));
        Assert.Equal("inside", Read(Source(), "up/web/index.html"));
    }

    [Fact]
    public void The_folder_itself_may_stand_behind_links()
    {
        Directory.CreateSymbolicLink(_folder.Join("first"), _folder.Join("real"));
        Directory.CreateDirectory(_folder.Join("real"));
        Directory.CreateSymbolicLink(_folder.Join("real/second"), "../web");
        Directory.CreateSymbolicLink(_folder.Join("third"), "first/second");
        _folder.Write("real/inner/index.html");
        Directory.CreateSymbolicLink(_folder.Join("fourth"), "first/inner");

        Assert.Equal("inside", Read(new FolderAssetSource(_folder.Join("first/second")), "index.html"));
        Assert.Equal("inside", Read(new FolderAssetSource(_folder.Join("third")), "index.html"));
        Assert.Equal("inside", Read(new FolderAssetSource(_folder.Join("fourth")), "index.html"));
        Assert.Equal("inside", Read(new FolderAssetSource(_folder.Join("third") + "/"), "sub/page.html"));
    }

    [Fact]
    public async Task A_FIFO_is_not_there_and_nobody_waits_for_it()
    {
        using var made = Process.Start("mkfifo", _folder.Join("web/pipe.html"));
        await made.WaitForExitAsync().InTime();

        Assert.Null(await Task.Run(() => Source().Open("pipe.html")).InTime());
    }

    [Fact]
    public void An_empty_file_is_there()
    {
        _folder.Write("web/empty.css", "");

        Assert.Equal("", Read(Source(), "empty.css"));
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_not_there()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(_folder.Write("web/closed.html"), UnixFileMode.None);

        // The superuser reads it all the same.
        Assert.Equal(Environment.IsPrivilegedProcess, Source().Open("closed.html") is not null);
    }

    [Fact]
    public async Task A_link_that_is_swapped_while_it_is_opened_never_leads_outside()
    {
        var source = Source();
        var link = _folder.Join("web/race.html");
        var inside = _folder.Join("inside.link");
        var outside = _folder.Join("outside.link");
        using var stop = new CancellationTokenSource();
        var swapping = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                File.CreateSymbolicLink(inside, "sub/page.html");
                File.Move(inside, link, overwrite: true);
                File.CreateSymbolicLink(outside, "../secret.txt");
                File.Move(outside, link, overwrite: true);
            }
        });

        var served = 0;
        var refused = 0;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Soon.Limit && (served < 500 || refused < 500))
        {
            if (source.Open("race.html") is { } asset)
            {
                using var reader = new StreamReader(asset.Content);
                Assert.Equal("inside", await reader.ReadToEndAsync());
                served++;
            }
            else
            {
                refused++;
            }
        }

        await stop.CancelAsync();
        await swapping.InTime();
        Assert.NotEqual(0, served);
        Assert.NotEqual(0, refused);
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_named() =>
        Assert.Contains("nowhere", Assert.Throws<DirectoryNotFoundException>(() => new FolderAssetSource(_folder.Join("nowhere"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    [InlineData("/tmp")]
    [InlineData("/")]
    [InlineData("/nowhere")]
    [InlineData("")]
    [InlineData("/etc/passwd\0.png")]
    public void What_is_no_regular_file_is_not_opened(string path) => Assert.Null(RegularFile.Open(path));

    private static string Read(FolderAssetSource source, string path)
    {
        using var reader = new StreamReader(source.Open(path)!.Content);
        return reader.ReadToEnd();
    }

    private FolderAssetSource Source() => new(_folder.Join("web"));
}
