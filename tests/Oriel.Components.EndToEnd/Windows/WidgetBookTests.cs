using WidgetBook;

namespace Oriel.Components.EndToEnd;

public sealed class WidgetBookTests(ComponentsHost host)
{
    [Fact]
    public async Task Every_page_opens_from_the_list_without_an_error()
    {
        await using var page = await host.OpenAsync<Book>(".o-sidebar");
        await page.RunAsync("globalThis.isFirst = true");

        foreach (var entry in BookPage.All)
        {
            await page.ClickAsync($".o-sidebar a[href='{entry.Address}']");
            await page.ShowsAsync("main h1", entry.Title);
            await page.UntilAsync($"document.querySelectorAll('.book-example').length === {entry.Examples.Length} && [...document.images].every(image => image.complete)");
            await page.PictureAsync($"book-{entry.Title}");
        }

        Assert.Equal("true []", $"{await page.RunAsync("return isFirst && document.querySelector('oriel-error') === null")} {await page.RunAsync("return errors")}", ignoreCase: true);
    }

    [Fact]
    public async Task Arrows_Home_and_End_choose_the_tab()
    {
        await using var page = await OpenAsync("Tabs");

        await page.MouseAsync("[role=tab]");
        await page.UntilAsync($"{Focused} === 'Profile'");
        await ComponentPage.ToolAsync("key", "Right");
        await page.UntilAsync($"{Focused} === 'Security'");
        await page.ShowsAsync("[role=tabpanel]:not([hidden])", "What only you know.");
        await ComponentPage.ToolAsync("key", "End");
        await page.UntilAsync($"{Focused} === 'About' && document.activeElement.ariaSelected === 'true'");
        await ComponentPage.ToolAsync("key", "Home");

        await page.UntilAsync($"{Focused} === 'Profile' && document.activeElement.ariaSelected === 'true'");
    }

    [Fact]
    public async Task The_menu_bar_opens_moves_chooses_and_closes_by_keys()
    {
        await using var page = await OpenAsync("Menu");
        await FocusWindowAsync(page);

        await page.RunAsync("document.querySelector('[role=menubar] [role=menuitem]').focus()");
        await ComponentPage.ToolAsync("key", "Down");
        await page.UntilAsync($"{Focused}?.startsWith('New')");
        await ComponentPage.ToolAsync("key", "Down");
        await page.UntilAsync($"{Focused}?.startsWith('Open')");
        await ComponentPage.ToolAsync("key", "Return");
        await page.UntilAsync($"{Focused} === 'File' && document.querySelector('.book-example').innerText.includes('Chosen: Open')");
        await ComponentPage.ToolAsync("key", "Down");
        await page.UntilAsync($"{Focused}?.startsWith('New')");
        await ComponentPage.ToolAsync("key", "Right");
        await page.UntilAsync($"{Focused}?.startsWith('Status bar')");
        await ComponentPage.ToolAsync("key", "Escape");

        await page.UntilAsync($"{Focused} === 'View' && document.querySelector('[role=menu]') === null");
    }

    [Fact]
    public async Task A_dialog_keeps_the_focus_until_Escape_gives_it_back()
    {
        await using var page = await OpenAsync("Modal");
        await FocusWindowAsync(page);

        await page.RunAsync("document.querySelector('.book-example button').focus()");
        await ComponentPage.ToolAsync("key", "Return");
        await page.UntilAsync("document.activeElement.closest('dialog[open]') !== null && document.activeElement.localName === 'input'");
        await page.RunAsync("globalThis.outside = 0; document.addEventListener('focusin', event => { outside += event.target.closest('dialog') ? 0 : 1; })");
        for (var press = 0; press < 3; press++)
        {
            await page.RunAsync("globalThis.before = document.activeElement");
            await ComponentPage.ToolAsync("key", "Tab");
            await page.UntilAsync("document.activeElement !== before");
        }

        Assert.Equal(0, (await page.RunAsync("return outside")).GetInt32());
        await ComponentPage.ToolAsync("key", "Escape");

        await page.UntilAsync($"document.querySelector('dialog[open]') === null && {Focused} === 'Rename...'");
    }

    [Fact]
    public async Task The_theme_goes_from_the_systems_to_light_to_dark()
    {
        await using var page = await OpenAsync("Button");

        await page.ClickAsync(".o-sidebar-header button");
        await page.UntilAsync("getComputedStyle(document.body).backgroundColor === 'rgb(250, 250, 250)' && document.documentElement.dataset.theme === 'light'");
        await page.ClickAsync(".o-sidebar-header button");

        await page.UntilAsync("getComputedStyle(document.body).backgroundColor === 'rgb(23, 24, 27)'");
        await page.ShowsAsync(".o-sidebar-header button", "Dark");
        await page.UntilAsync("document.getAnimations().every(animation => !(animation instanceof CSSTransition))");
        await page.PictureAsync("book-dark");
    }

    private const string Focused = "document.activeElement.textContent.trim()";

    private async Task<ComponentPage> OpenAsync(string title) => await host.OpenAsync<Book>(".book-example", BookPage.Find(title)!.Address);

    // A click gives a window the keys; on a heading it does nothing else.
    private static async Task FocusWindowAsync(ComponentPage page)
    {
        await page.MouseAsync("main h1");
        await page.UntilAsync("document.hasFocus()");
    }
}
