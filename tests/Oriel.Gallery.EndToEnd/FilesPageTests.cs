using System.Diagnostics;
using System.Globalization;

namespace Gallery.EndToEnd;

public sealed class FilesPageTests(GalleryHost host)
{
    private static readonly GalleryOptions Files = new() { Page = "files" };

    [Fact]
    public async Task The_samples_are_listed_first()
    {
        await using var window = await host.OpenAsync(Files);

        await window.UntilAsync("document.querySelectorAll('.file-grid .grid-body .grid-row:not([hidden])').length === 4");
    }

    [Fact]
    public async Task A_picture_is_shown()
    {
        await using var window = await host.OpenAsync(Files);

        await window.SelectRowAsync(".file-grid", "Gradient.png");

        await window.UntilAsync("document.querySelector('.preview-image')?.naturalWidth === 480");
    }

    [Fact]
    public async Task A_text_is_shown_once_and_whole()
    {
        await using var window = await host.OpenAsync(Files);

        await window.SelectRowAsync(".file-grid", "Notes.txt");
        await window.UntilAsync("document.querySelector('.preview-text')");

        Assert.Equal(await File.ReadAllTextAsync(Path.Join(host.Samples, "Notes.txt"), TestContext.Current.CancellationToken), await window.TextAsync(".preview-text"));
    }

    [Fact]
    public async Task A_file_that_the_address_names_is_selected()
    {
        var file = Path.Join(host.Folder, "a name with blanks & signs #1.txt");
        await File.WriteAllTextAsync(file, "found", TestContext.Current.CancellationToken);

        await using var window = await host.OpenAsync(Files with { Path = file });

        await window.UntilAsync("document.querySelector('.preview-text')?.textContent === 'found'");
    }

    [Fact]
    public async Task A_folder_that_is_missing_is_told()
    {
        await using var window = await host.OpenAsync(Files with { Path = Path.Join(host.Folder, "nothing") });

        Assert.Contains("There is no folder", await window.TextAsync(".files-page .failure"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_of_a_file_is_served()
    {
        var file = Path.Join(host.Folder, "digits.txt");
        await File.WriteAllTextAsync(file, "0123456789", TestContext.Current.CancellationToken);
        await using var window = await host.OpenAsync(Files);

        var answer = await window.RunAsync($$"""
            const response = await fetch({{AddressOf(file)}}, { headers: { Range: "bytes=2-5" } });
            return `${response.status} ${await response.text()} ${response.headers.get("Content-Range")} ${response.headers.get("Content-Type")}`;
            """);

        Assert.Equal("206 2345 bytes 2-5/10 text/plain; charset=utf-8", answer.GetString());
    }

    [Fact]
    public async Task A_large_file_arrives_whole()
    {
        var file = Path.Join(host.Folder, "large.bin");
        var bytes = new byte[3_000_000];
        new Random(1).NextBytes(bytes);
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        await using var window = await host.OpenAsync(Files);

        var digest = await window.RunAsync($$"""
            const bytes = await (await fetch({{AddressOf(file)}})).arrayBuffer();
            const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
            return Array.from(digest, byte => byte.toString(16).padStart(2, "0")).join("");
            """);

        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), digest.GetString());
    }

    [Fact]
    public async Task A_pipe_is_refused_and_nobody_waits_for_it()
    {
        var pipe = Path.Join(host.Folder, "pipe");
        using (var mkfifo = Process.Start("mkfifo", [pipe]))
        {
            await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await using var window = await host.OpenAsync(Files);
        var status = await window.RunAsync($"return (await fetch({AddressOf(pipe)})).status");

        Assert.Equal(404, status.GetInt32());
    }

    private static string AddressOf(string path) =>
        GalleryWindow.Quote(string.Create(CultureInfo.InvariantCulture, $"files://local{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}"));
}
