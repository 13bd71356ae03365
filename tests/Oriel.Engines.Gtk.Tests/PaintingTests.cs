using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;

namespace Oriel.Engines.Gtk.Tests;

/// <summary>What the user sees of a window, and when.</summary>
public sealed class PaintingTests(TestApp app)
{
    private const int Page = 0x123456;
    private const int White = 0xFFFFFF;

    private const string Dark = "<!doctype html><style>body { background: #123456; margin: 0 }</style><body>";

    private static WindowOptions Bare => new() { Width = 400, Height = 300, IsDecorated = false, BackgroundColor = Color.Parse("#123456") };

    [Fact]
    public async Task A_dark_window_never_shows_white()
    {
        using var screen = new Screen();
        var white = screen.Colors().GetValueOrDefault(White);

        for (var round = 0; round < 5; round++)
        {
            var opening = app.OpenAsync(Dark, Bare);
            var started = Stopwatch.GetTimestamp();
            for (var colors = screen.Colors(); colors.GetValueOrDefault(Page) < 400 * 300 * 9 / 10; colors = screen.Colors())
            {
                Assert.Equal(white, colors.GetValueOrDefault(White));
                Assert.True(Stopwatch.GetElapsedTime(started) < Eventually.Timeout, "the window is shown");
            }

            await using var page = await opening;
            Assert.Equal(white, screen.Colors().GetValueOrDefault(White));
        }
    }

    [Theory]
    [InlineData("<!doctype html><body>")]
    [InlineData("")]
    [InlineData("<!doctype html><style>html { display: none }</style>")]
    public async Task A_page_without_content_is_shown_before_the_time_out_shows_it(string html)
    {
        await using var page = await app.OpenAsync(html, Bare);

        await Eventually.TrueAsync(() => page.Window.IsShown, "the window is shown");
    }

    [Fact]
    public async Task A_foreign_page_is_shown_before_the_time_out_shows_it()
    {
        await using var page = await app.OpenBareAsync(Bare with { Url = app.AddForeignPage(Dark) });

        await Eventually.TrueAsync(() => page.Window.IsShown, "the window is shown");
    }

    [Theory]
    [InlineData("paint-never")]
    [InlineData("paint-endless")]
    public async Task A_page_that_never_paints_is_shown_and_reported(string scenario)
    {
        var child = await Child.RunAsync(scenario);

        Assert.Equal(["shown", "PaintTimeoutException"], child.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("paint-foreign")]
    [InlineData("paint-plain")]
    public async Task A_page_that_paints_is_not_reported(string scenario)
    {
        var child = await Child.RunAsync(scenario);

        Assert.Equal(["shown", "waited"], child.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_window_shows_its_background_where_nothing_is_painted()
    {
        using var screen = new Screen();

        await using var page = await app.OpenBareAsync(Bare with { Url = app.AddPage("<link rel=stylesheet href='endless://x/'><body>text"), BackgroundColor = Color.Parse("#654321") });
        page.Window.Show();

        await Eventually.TrueAsync(() => screen.Colors().GetValueOrDefault(0x654321) >= 400 * 300 * 9 / 10, "the background is there");
    }

    [Fact]
    public async Task A_window_that_does_not_show_itself_stays_hidden()
    {
        using var screen = new Screen();
        await using var page = await app.OpenAsync(Dark, Bare with { ShowsItself = false });
        await page.RunAsync("await oriel.invoke('echo', 1)");

        Assert.False(page.Window.IsShown);
        Assert.Equal(0, screen.Colors().GetValueOrDefault(Page));
        page.Window.Show();
        await Eventually.TrueAsync(() => screen.Colors().GetValueOrDefault(Page) > 100_000, "it is shown");
        page.Window.Hide();
        await Eventually.TrueAsync(() => screen.Colors().GetValueOrDefault(Page) == 0, "it is hidden");
        await page.RunAsync("await oriel.invoke('echo', 1)");
    }

    [Fact]
    public async Task A_snapshot_has_the_colors_of_the_page()
    {
        await using var page = await app.OpenAsync($"{Dark}<div style='position: absolute; left: 0; top: 150px; width: 400px; height: 150px; background: #fedcba'></div>", Bare);
        await Eventually.TrueAsync(() => page.Window.IsShown, "the window is shown");
        await page.RunAsync("await new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))");

        var (width, height, pixel) = ReadPng(await page.Window.SnapshotAsync().InTime());

        Assert.Equal((400, 300), (width, height));
        Assert.Equal((Page, 0xFEDCBA), (pixel(200, 75), pixel(200, 225)));
    }

    // 8 bits a channel, not interlaced: what cairo writes.
    private static (int Width, int Height, Func<int, int, int> Pixel) ReadPng(byte[] png)
    {
        using var data = new MemoryStream();
        int width = 0, height = 0, channels = 0;
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var type = System.Text.Encoding.ASCII.GetString(png, at + 4, 4);
            var chunk = png.AsSpan(at + 8, length);
            if (type == "IHDR")
            {
                width = BinaryPrimitives.ReadInt32BigEndian(chunk);
                height = BinaryPrimitives.ReadInt32BigEndian(chunk[4..]);
                channels = chunk[9] == 6 ? 4 : 3;
            }
            else if (type == "IDAT")
            {
                data.Write(chunk);
            }

            at += length + 12;
        }

        data.Position = 0;
        using var inflated = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionMode.Decompress))
        {
            zlib.CopyTo(inflated);
        }

        var stride = width * channels;
        var raw = inflated.ToArray();
        var pixels = new byte[stride * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < stride; x++)
            {
                int left = x >= channels ? pixels[(y * stride) + x - channels] : 0;
                int up = y > 0 ? pixels[((y - 1) * stride) + x] : 0;
                int corner = x >= channels && y > 0 ? pixels[((y - 1) * stride) + x - channels] : 0;
                pixels[(y * stride) + x] = (byte)(raw[(y * (stride + 1)) + 1 + x] + raw[y * (stride + 1)] switch
                {
                    1 => left,
                    2 => up,
                    3 => (left + up) / 2,
                    4 => Paeth(left, up, corner),
                    _ => 0,
                });
            }
        }

        return (width, height, (x, y) => (pixels[(y * stride) + (x * channels)] << 16) | (pixels[(y * stride) + (x * channels) + 1] << 8) | pixels[(y * stride) + (x * channels) + 2]);
    }

    private static int Paeth(int left, int up, int corner)
    {
        var (toLeft, toUp, toCorner) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - (2 * corner)));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }
}
