using System.Reflection;
using Gallery.EndToEnd;
using Microsoft.Playwright;
using WidgetBook;
using static Microsoft.Playwright.Assertions;

namespace Oriel.Components.EndToEnd.Serving;

/// <summary>How the pages of the widget book look, beside pictures of how they are meant to. ORIEL_UPDATE_GOLDEN=1 writes the pictures anew; look at them.</summary>
[Trait("Weight", "heavy")]
public sealed class WidgetBookPictureTests(Browser browser, ServedBook book) : IClassFixture<ServedBook>
{
    // Another release of the browser draws the edges of letters differently, and nothing else.
    private const double Tolerance = 0.004;

    private static readonly string s_folder = typeof(WidgetBookPictureTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "GoldenPictures").Value!;

    private static readonly string[] s_darkPages = ["Button", "Text", "Input", "Form", "Toggle", "Table", "Menu", "Modal", "Progress"];

    // What is to be seen only when it is open.
    private static readonly Dictionary<string, Func<IPage, Task>> s_openings = new()
    {
        ["Menu"] = static async page =>
        {
            await page.GetByRole(AriaRole.Menuitem, new() { Name = "File" }).FocusAsync();
            await page.Keyboard.PressAsync("ArrowDown");
            await Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "New" })).ToBeFocusedAsync();
        },
        ["Modal"] = static async page =>
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Rename..." }).PressAsync("Enter");
            await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        },
        ["Form"] = static async page =>
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Order" }).PressAsync("Enter");
            await Expect(page.GetByText("Write a name.")).ToBeVisibleAsync();
        },
        ["Toast"] = static async page =>
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Interrupt" }).PressAsync("Enter");
            await Expect(page.GetByText("The disk is full.").First).ToBeVisibleAsync();
        },
        ["Tooltip"] = static async page =>
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).FocusAsync();
            await Expect(page.GetByRole(AriaRole.Tooltip)).ToBeVisibleAsync();
        },
    };

    public static TheoryData<string, ColorScheme> Pages =>
        [.. BookPage.All.Select(static page => (page.Title, ColorScheme.Light)), .. s_darkPages.Select(static title => (title, ColorScheme.Dark))];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_looks_as_its_picture(string title, ColorScheme scheme)
    {
        var picture = await TakeAsync(title, scheme);

        var golden = Path.Join(s_folder, $"{title}.{scheme}.png");
        if (Environment.GetEnvironmentVariable("ORIEL_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(s_folder);
            await File.WriteAllBytesAsync(golden, picture, TestContext.Current.CancellationToken);
        }

        var share = PictureDifference.Share(Picture.FromPng(await File.ReadAllBytesAsync(golden, TestContext.Current.CancellationToken)), Picture.FromPng(picture));
        if (share > Tolerance)
        {
            // Where a person can look at it.
            var seen = Path.Join(Path.GetTempPath(), $"oriel-{title}.{scheme}.png");
            await File.WriteAllBytesAsync(seen, picture, TestContext.Current.CancellationToken);
            Assert.Fail($"{share:P2} of the page differ from {golden}. This is how it looks now: {seen}");
        }
    }

    [Fact]
    public async Task A_page_that_looks_otherwise_is_told_from_its_picture()
    {
        var picture = Picture.FromPng(await TakeAsync("Toggle", ColorScheme.Light));

        var changed = Picture.FromPng(await TakeAsync("Toggle", ColorScheme.Light, "--o-control-border", "transparent"));

        Assert.InRange(PictureDifference.Share(picture, picture), 0, 0);
        Assert.InRange(PictureDifference.Share(picture, changed), 0.0001, 1);
    }

    private async Task<byte[]> TakeAsync(string title, ColorScheme scheme, string variable = "--o-density", string value = "1")
    {
        await using var profile = await browser.OpenAsync();
        var page = await profile.OpenAsync(book.Address);
        await page.SetViewportSizeAsync(1000, 700);
        await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        await page.GotoAsync(book.At(BookPage.Find(title)!.Address).AbsoluteUri);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);

        // The fonts that every machine of the tests has.
        await page.EvaluateAsync(
            "([name, value]) => { const style = document.documentElement.style; style.setProperty('--o-font', '\"DejaVu Sans\"'); style.setProperty('--o-mono', '\"DejaVu Sans Mono\"'); style.setProperty(name, value); }",
            new[] { variable, value });
        await page.WaitForFunctionAsync("[...document.images].every(image => image.complete)");
        if (s_openings.TryGetValue(title, out var open))
        {
            await open(page);
        }

        // A bar that does not know how far it is moves by itself.
        return await page.ScreenshotAsync(new() { Animations = ScreenshotAnimations.Disabled, Mask = [page.Locator("progress:not([value])")] });
    }
}
