using Microsoft.Playwright;
using WidgetBook;
using static Microsoft.Playwright.Assertions;

namespace Oriel.Components.EndToEnd.Serving;

public sealed class WidgetBookTests(Browser browser, ServedBook book) : IClassFixture<ServedBook>
{
    [Fact]
    public async Task Every_page_opens_at_its_address_without_an_error()
    {
        await using var profile = await browser.OpenAsync();
        var page = await OpenAsync(profile, "/");

        foreach (var entry in BookPage.All)
        {
            await page.GotoAsync(book.At(entry.Address).AbsoluteUri);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(entry.Title);
            await Expect(page.Locator(".book-example")).ToHaveCountAsync(entry.Examples.Length);
            await Expect(page.Locator("oriel-error")).ToHaveCountAsync(0);
        }

        Assert.Empty(profile.Errors);
    }

    [Fact]
    public async Task Arrows_Home_and_End_choose_the_tab_and_Tab_leaves_them()
    {
        await using var profile = await browser.OpenAsync();
        var page = await OpenAsync(profile, "/tabs");

        await Tab("Profile").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(Tab("Security")).ToBeFocusedAsync();
        await Expect(page.GetByRole(AriaRole.Tabpanel)).ToHaveTextAsync("What only you know.");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(Tab("About")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Home");
        await Expect(Tab("Profile")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("End");
        await Expect(Tab("About")).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("Tab");

        await Expect(page.Locator("[role=tab]:focus")).ToHaveCountAsync(0);

        ILocator Tab(string name) => page.GetByRole(AriaRole.Tab, new() { Name = name });
    }

    [Fact]
    public async Task The_menu_bar_opens_moves_chooses_and_closes_by_keys()
    {
        await using var profile = await browser.OpenAsync();
        var page = await OpenAsync(profile, "/menu");

        await Item("File").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(Item("New")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(Item("Open...")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Chosen: Open")).ToBeVisibleAsync();
        await Expect(Item("File")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(Item("New")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.GetByRole(AriaRole.Menuitemcheckbox)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");

        await Expect(page.GetByRole(AriaRole.Menu)).ToHaveCountAsync(0);
        await Expect(Item("View")).ToBeFocusedAsync();

        ILocator Item(string name) => page.GetByRole(AriaRole.Menuitem, new() { Name = name });
    }

    [Fact]
    public async Task A_dialog_keeps_the_focus_until_Escape_gives_it_back()
    {
        await using var profile = await browser.OpenAsync();
        var page = await OpenAsync(profile, "/modal");
        var opener = page.GetByRole(AriaRole.Button, new() { Name = "Rename..." });

        await opener.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Expect(page.Locator("dialog :focus")).ToHaveCountAsync(1);
        for (var press = 0; press < 8; press++)
        {
            await page.Keyboard.PressAsync("Tab");

            // The body for one press: there the browser leaves the page for its own controls, and comes back into the dialog.
            Assert.True(await page.EvaluateAsync<bool>("document.activeElement === document.body || document.activeElement.closest('dialog') !== null"));
        }

        await page.Keyboard.PressAsync("Escape");

        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(opener).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_theme_goes_from_the_systems_to_light_to_dark_and_back()
    {
        await using var profile = await browser.OpenAsync();
        var page = await OpenAsync(profile, "/");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        var root = page.Locator("html");
        var body = page.Locator("body");
        await Expect(body).ToHaveCSSAsync("background-color", "rgb(23, 24, 27)");

        await page.GetByRole(AriaRole.Button, new() { Name = "System" }).ClickAsync();
        await Expect(body).ToHaveCSSAsync("background-color", "rgb(250, 250, 250)");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.GetByRole(AriaRole.Button, new() { Name = "Light" }).ClickAsync();
        await Expect(body).ToHaveCSSAsync("background-color", "rgb(23, 24, 27)");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();

        await Expect(body).ToHaveCSSAsync("background-color", "rgb(250, 250, 250)");
        await Expect(root).Not.ToHaveAttributeAsync("data-theme", "dark");
    }

    private async Task<IPage> OpenAsync(BrowserProfile profile, string path)
    {
        var page = await profile.OpenAsync(book.Address);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Widgets");
        if (path != "/")
        {
            await page.GotoAsync(book.At(path).AbsoluteUri);
            await Expect(page.Locator(".book-example").First).ToBeVisibleAsync();
        }

        return page;
    }
}
