using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TodoSample;
using static Microsoft.Playwright.Assertions;

namespace Oriel.Components.EndToEnd.Serving;

/// <summary>The to-do sample in a browser.</summary>
public sealed class TodoTests(Browser browser) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("oriel-todo-");

    private TodoStore Todos => field ??= new TodoStore(Path.Join(_folder.FullName, "todos.json"));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Items_are_added_by_keyboard_and_refused_with_the_reason()
    {
        await using var program = await StartAsync();
        await using var profile = await browser.OpenAsync();
        var page = await profile.OpenAsync(program.Address);
        await Expect(page.Locator("#title")).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".validation-message")).ToHaveTextAsync("Say what is to be done.");
        await Expect(page.Locator("#title")).ToHaveAttributeAsync("aria-invalid", "true");
        await page.Keyboard.TypeAsync(new string('x', 121));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".validation-message")).ToHaveTextAsync("A title has at most 120 characters.");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#title")).ToHaveValueAsync("");
        Assert.Empty(Todos.Items);

        await page.Keyboard.TypeAsync("bread");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("li")).ToHaveTextAsync("bread×");
        await Expect(page.Locator("#title")).ToHaveValueAsync("");
        await page.Locator("li input").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("0 items left");
        Assert.Equal([("bread", true)], Todos.Items.Select(static item => (item.Title, item.IsDone)));
        Assert.Empty(profile.Errors);
    }

    [Fact]
    public async Task Done_and_active_items_have_addresses_of_their_own()
    {
        Todos.Add("milk");
        Todos.Add("bread");
        await using var program = await StartAsync();
        await using var profile = await browser.OpenAsync();
        var page = await profile.OpenAsync(program.Address);

        await page.GetByRole(AriaRole.Checkbox, new() { Name = "milk is done" }).CheckAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Active" }).ClickAsync();
        await Expect(page.Locator("li a")).ToHaveTextAsync(["bread"]);
        Assert.EndsWith("/active", page.Url, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new() { Name = "Done" }).ClickAsync();
        await Expect(page.Locator("li a")).ToHaveTextAsync(["milk"]);
        await Expect(page.Locator("nav a.active")).ToHaveTextAsync(["Done"]);

        await page.ReloadAsync();
        await Expect(page.Locator("li a")).ToHaveTextAsync(["milk"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear done" }).ClickAsync();
        await Expect(page.Locator(".nothing")).ToHaveTextAsync("Nothing here.");
        Assert.Equal(["bread"], Todos.Items.Select(static item => item.Title));
    }

    [Fact]
    public async Task An_item_is_at_its_address_after_a_reload_and_Back_and_Forward()
    {
        Todos.Add("milk");
        await using var program = await StartAsync();
        await using var profile = await browser.OpenAsync();
        var page = await profile.OpenAsync(program.Address);
        await page.Locator("li a").ClickAsync();
        await Expect(page.Locator("#edit-title")).ToHaveValueAsync("milk");
        await Expect(page).ToHaveTitleAsync("milk");

        await page.ReloadAsync();
        await Expect(page.Locator("#edit-title")).ToHaveValueAsync("milk");
        Assert.EndsWith($"/item/{Todos.Items[0].Id}", page.Url, StringComparison.Ordinal);
        await page.GoBackAsync();
        await Expect(page).ToHaveTitleAsync("To-do: 1 left");
        await page.GoForwardAsync();
        await Expect(page).ToHaveTitleAsync("milk");
        await Expect(page.Locator("#edit-title")).ToBeFocusedAsync();
        Assert.Empty(profile.Errors);
    }

    [Fact]
    public async Task What_is_not_saved_is_asked_about_and_then_saved()
    {
        Todos.Add("milk");
        await using var program = await StartAsync();
        await using var profile = await browser.OpenAsync();
        var page = await profile.OpenAsync(program.At($"/item/{Todos.Items[0].Id}"), program.Address);
        await Expect(page.Locator("#edit-title")).ToBeFocusedAsync();

        await page.Locator("#edit-title").FillAsync("oat milk");
        await page.Locator("#edit-notes").FillAsync("two of them");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Alertdialog)).ToContainTextAsync("not saved");
        await page.Locator("#stay").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alertdialog)).ToHaveCountAsync(0);
        await page.Locator("#edit-title").PressAsync("Enter");

        await Expect(page.Locator("li a")).ToHaveTextAsync("oat milk");
        Assert.Equal([("oat milk", "two of them")], Todos.Items.Select(static item => (item.Title, item.Notes)));
    }

    [Fact]
    public async Task An_address_without_a_page_or_an_item_says_so()
    {
        await using var program = await StartAsync();
        await using var profile = await browser.OpenAsync();

        var page = await profile.OpenAsync(program.At("/no/such/page"), program.Address);
        await Expect(page.Locator("h2")).ToHaveTextAsync("There is nothing here");
        await page.GotoAsync(program.At($"/item/{Guid.Empty}").AbsoluteUri);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no such item");
        await page.GetByRole(AriaRole.Link, new() { Name = "Back to the list" }).ClickAsync();

        await Expect(page.Locator(".nothing")).ToHaveTextAsync("Nothing to do. Enjoy the day.");
    }

    [Fact]
    public async Task Two_browsers_see_one_list()
    {
        await using var program = await StartAsync();
        await using var one = await browser.OpenAsync();
        await using var other = await browser.OpenAsync();
        var first = await one.OpenAsync(program.Address);
        var second = await other.OpenAsync(program.Address);
        await Expect(second.Locator(".nothing")).ToBeVisibleAsync();

        await first.Locator("#title").FillAsync("milk");
        await first.Locator("#title").PressAsync("Enter");

        await Expect(second.Locator("li a")).ToHaveTextAsync(["milk"]);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Its_text_can_be_read_in_light_and_in_dark(ColorScheme scheme)
    {
        Todos.Add("bread");
        Todos.Replace(Todos.Items[0] with { IsDone = true });
        Todos.Add("milk");
        Todos.Replace(Todos.Items[0] with { Due = new DateOnly(2030, 5, 4) });
        await using var program = await StartAsync();
        await using var profile = await browser.OpenAsync();
        var page = await profile.OpenAsync(program.Address);
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await page.SetViewportSizeAsync(760, 640);
        await page.Locator("#title").PressAsync("Enter");
        await Expect(page.Locator(".validation-message")).ToBeVisibleAsync();
        await PictureAsync(page, $"served-todo-{scheme}");
        var list = await ContrastAsync(page, "li a, li.done a, time, nav a.active, nav a:not(.active), .validation-message, footer, h1 a");
        await page.Locator("li a").First.ClickAsync();
        await page.Locator("#edit-title").FillAsync("oat milk");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Alertdialog)).ToBeVisibleAsync();
        await PictureAsync(page, $"served-todo-item-{scheme}");

        // What WCAG 2 asks of text at level AA.
        Assert.All(list.Concat(await ContrastAsync(page, "label, #cancel, #leaving, #discard, #save")), static found => Assert.True(found.Ratio >= 4.5, $"{found.Text}: {found.Ratio:0.0}"));
    }

    private async Task<ServedProgram> StartAsync() =>
        await ServedProgram.StartAsync<App>(configure: builder => builder.Services.AddSingleton(Todos));

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("ORIEL_TEST_PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Join(folder, $"{name}.png") });
        }
    }

    private static async Task<Contrast[]> ContrastAsync(IPage page, string selector) => await page.EvaluateAsync<Contrast[]>(
        """
        selector => {
            const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
            const layers = (element) => element ? [...layers(element.parentElement), getComputedStyle(element).backgroundColor] : ["Canvas"];
            const luminance = (colors) => {
                for (const color of colors) {
                    canvas.fillStyle = color;
                    canvas.fillRect(0, 0, 1, 1);
                }
                const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(value => value / 255).map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            return [...document.querySelectorAll(selector)].map(element => {
                const below = layers(element);
                const [dark, light] = [luminance(below), luminance([...below, getComputedStyle(element).color])].sort((a, b) => a - b);
                return { text: element.textContent.trim(), ratio: (light + 0.05) / (dark + 0.05) };
            });
        }
        """,
        selector);

    private sealed record Contrast
    {
        public string Text { get; set; } = "";

        public double Ratio { get; set; }
    }
}
