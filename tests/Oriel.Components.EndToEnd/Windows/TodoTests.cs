using TodoSample;

namespace Oriel.Components.EndToEnd;

public sealed class TodoTests(ComponentsHost host)
{
    [Fact]
    public async Task Items_are_added_done_and_cleared_and_the_file_keeps_them()
    {
        host.Clear();
        await using var page = await host.OpenAsync<App>("#title");

        await page.AddAsync("milk");
        await page.AddAsync("bread");
        await page.UntilAsync("document.querySelectorAll('li').length === 2 && document.querySelector('#title').value === ''");
        await page.ClickAsync("li input");
        await page.ShowsAsync("[role=status]", "1 item left");
        Assert.InRange((await page.PictureAsync("components-todo")).Length, 5_000, 1_000_000);
        Assert.Equal([("bread", true), ("milk", false)], new TodoStore(host.TodoFile).Items.Select(static item => (item.Title, item.IsDone)));

        await page.ClickAsync("footer button");
        await page.UntilAsync("document.querySelectorAll('li').length === 1");
    }

    [Fact]
    public async Task An_item_without_a_title_is_refused_with_the_reason()
    {
        host.Clear();
        await using var page = await host.OpenAsync<App>("#title");

        await page.ClickAsync("form button");

        await page.ShowsAsync(".validation-message", "Say what is to be done.");
        Assert.Empty(host.Todos.Items);
    }

    [Fact]
    public async Task Links_Back_and_Forward_change_the_route_and_the_title_and_a_reload_stays_there()
    {
        host.Clear("milk");
        await using var page = await host.OpenAsync<App>("li");
        await page.RunAsync("globalThis.isFirst = true");

        await page.ClickAsync("nav a[href=done]");
        await page.ShowsAsync(".nothing", "Nothing here.");
        await page.ClickAsync("nav a[href='']");
        await page.ClickAsync("li a");
        await page.UntilAsync("document.title === 'milk' && document.querySelector('#edit-title')?.value === 'milk'");
        page.Window.GoBack();
        await page.ShowsAsync("li");
        page.Window.GoBack();
        await page.ShowsAsync(".nothing", "Nothing here.");
        page.Window.GoForward();
        await page.ShowsAsync("li");
        page.Window.GoForward();
        await page.UntilAsync("globalThis.isFirst && document.querySelector('#edit-title')?.value === 'milk'");

        page.Window.Reload();
        await page.UntilAsync("!globalThis.isFirst && document.querySelector('#edit-title')?.value === 'milk'");
        await page.TitleAsync("milk");
    }

    [Fact]
    public async Task What_is_not_saved_is_asked_about()
    {
        host.Clear("milk");
        await using var page = await host.OpenAsync<App>("li");
        await page.ClickAsync("li a");
        await page.ShowsAsync("#edit-title");
        await page.ChangeAsync("#edit-title", "oat milk");

        await page.ClickAsync("#cancel");
        await page.ShowsAsync("[role=alertdialog]");
        await page.ClickAsync("#stay");
        await page.UntilAsync("document.querySelector('[role=alertdialog]') === null && document.querySelector('#edit-title').value === 'oat milk'");
        await page.ClickAsync("#save");

        await page.ShowsAsync("li a", "oat milk");
    }

    [Fact]
    public async Task An_address_without_a_page_says_so()
    {
        await using var page = await host.OpenAsync<App>("h2", "no/such/page");

        await page.ShowsAsync("h2", "There is nothing here");
    }
}
