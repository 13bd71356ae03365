namespace Oriel.Radzen.EndToEnd;

/// <summary>What a person does with the components of Radzen, unmodified: the same in a window and in a browser.</summary>
public abstract class RadzenTests(ILibraryPage page)
{
    // The texts of a column of the data grid.
    private const string Numbers = "[...document.querySelectorAll('tbody td:first-child')].map(cell => cell.textContent.trim()).join()";
    private const string Cities = "[...document.querySelectorAll('tbody td:nth-child(3)')].map(cell => cell.textContent.trim())";

    [Fact]
    public async Task A_data_grid_sorts_by_its_header_filters_and_goes_to_the_next_page()
    {
        await GoAsync("/", "Orders");
        await page.UntilAsync($"{Numbers} === '1,2,3,4,5,6,7,8,9,10'");
        await PictureAsync("grid");

        await ClickAsync("th:first-child .rz-column-title");
        await page.UntilAsync("document.querySelector('th:first-child').getAttribute('aria-sort') === 'ascending'");
        await ClickAsync("th:first-child .rz-column-title");
        await page.UntilAsync($"{Numbers} === '200,199,198,197,196,195,194,193,192,191'");
        await ClickAsync(".rz-pager-next");
        await page.UntilAsync($"{Numbers} === '190,189,188,187,186,185,184,183,182,181'");

        await EnterAsync("thead tr:nth-child(2) th:nth-child(3) input", "Berg");
        await ClickAsync("h1");

        await page.UntilAsync($"{Cities}.length === 10 && {Cities}.every(city => city === 'Bergen') && document.querySelector('.rz-pager-summary').textContent.startsWith('Page 1 of 3 (')");
        await PictureAsync("grid-filtered");
        Assert.Empty(await page.ComplaintsAsync());
    }

    [Fact]
    public async Task A_dialog_is_answered()
    {
        await GoAsync("/messages", "Messages");
        await ClickAsync("#ask");
        await page.UntilAsync("document.querySelector('.rz-dialog-content')?.textContent.includes('Shall everything be deleted?')");
        await PictureAsync("dialog");

        await ClickAsync(".rz-dialog .rz-button.rz-primary");

        await page.UntilAsync("document.querySelector('#answer').textContent === 'Deleted.' && document.querySelector('.rz-dialog') === null");
        Assert.Empty(await page.ComplaintsAsync());
    }

    [Fact]
    public async Task A_notification_appears_and_goes_when_it_is_dismissed()
    {
        await GoAsync("/messages", "Messages");
        await ClickAsync("#notify");
        await page.UntilAsync("document.querySelector('.rz-notification-item')?.textContent.includes('Everything is where it was.')");
        await PictureAsync("notification");

        await ClickAsync(".rz-notification-close");

        await page.UntilAsync("document.querySelector('.rz-notification-item') === null");
        Assert.Empty(await page.ComplaintsAsync());
    }

    [Fact]
    public async Task A_drop_down_whose_list_is_moved_to_the_body_is_searched_and_chosen_from()
    {
        const string Options = "[...document.querySelectorAll('body > .rz-dropdown-panel li')].map(option => option.textContent.trim()).join()";
        await GoAsync("/inputs", "Inputs");
        await ClickAsync(".rz-dropdown");
        await page.UntilAsync($"{Options} === 'Athens,Bergen,Cork,Delft,Essen,Florence,Graz'");
        await PictureAsync("drop-down");

        await EnterAsync("body > .rz-dropdown-panel input", "or");
        await page.UntilAsync($"{Options} === 'Cork,Florence'");
        await ClickAsync("body > .rz-dropdown-panel li:nth-of-type(2)");

        await page.UntilAsync("document.querySelector('#chosen-city').textContent === 'City: Florence' && document.querySelector('.rz-dropdown-label').textContent.trim() === 'Florence'");
        await page.UntilAsync("!document.querySelector('.rz-dropdown-panel').checkVisibility()");
        await ClickAsync(".rz-dropdown");
        await page.UntilAsync("document.querySelector('body > .rz-dropdown-panel').checkVisibility()");
        await ClickAsync("h1");
        await page.UntilAsync("!document.querySelector('.rz-dropdown-panel').checkVisibility()");
        await GoAsync("/form", "Registration");
        await page.UntilAsync("document.querySelector('.rz-dropdown-panel') === null");
        Assert.Empty(await page.ComplaintsAsync());
    }

    [Fact]
    public async Task A_date_is_picked()
    {
        await GoAsync("/inputs", "Inputs");
        await ClickAsync(".rz-datepicker-trigger");
        await page.UntilAsync("document.querySelector('body > .rz-datepicker-popup-container .rz-calendar-title').textContent.trim() === '2026 May'");
        await PictureAsync("date-picker");
        await ClickAsync("body > .rz-datepicker-popup-container .rz-calendar-next");
        await page.UntilAsync("document.querySelector('.rz-calendar-title').textContent.trim() === '2026 June'");

        // June begins on a Monday, and a week on a Sunday.
        await ClickAsync(".rz-calendar-view tbody tr:nth-child(2) td:nth-child(4)");

        await page.UntilAsync("document.querySelector('#chosen-day').textContent === 'Day: 2026-06-10' && document.querySelector('.rz-datepicker > input').value === '2026-06-10'");
        Assert.Empty(await page.ComplaintsAsync());
    }

    [Fact]
    public async Task Tabs_are_switched_and_a_tree_is_opened()
    {
        await GoAsync("/outline", "Tabs and tree");
        await ClickAsync("#europe .rz-tree-toggler");
        await page.UntilAsync("[...document.querySelectorAll('#europe li .rz-treenode-label')].map(node => node.textContent).join() === 'Greece,Norway'");
        await PictureAsync("tree");

        await ClickAsync(".rz-tabview-nav li:nth-child(2) button");

        await page.UntilAsync("document.querySelector('#about')?.checkVisibility() && !document.querySelector('.rz-tree')?.checkVisibility()");
        Assert.Empty(await page.ComplaintsAsync());
    }

    [Fact]
    public async Task A_chart_is_drawn_and_tells_of_what_the_mouse_is_at()
    {
        const string Columns = "document.querySelectorAll('.rz-column-series path')";
        const string Line = "document.querySelectorAll('.rz-line-series path')";
        await GoAsync("/charts", "Charts");
        await page.UntilAsync($"{Columns}.length === 6 && {Line}.length > 0");

        await page.UntilAsync($"[...{Columns}, ...{Line}].every(path => path instanceof SVGPathElement && path.getTotalLength() > 0) && {Columns}[0].getBBox().height > 50");
        await PictureAsync("chart");
        await ClickAsync(".rz-column-series path");
        await page.UntilAsync("document.querySelector('.rz-chart-tooltip')?.textContent.includes('234000')");
        await ClickAsync(".rz-legend-item");
        await page.UntilAsync($"{Columns}.length === 0");
        Assert.Empty(await page.ComplaintsAsync());
    }

    [Fact]
    public async Task The_menu_leads_to_pages_with_titles_and_Back_leads_back()
    {
        await GoAsync("/", "Orders");
        await ClickAsync("a[href$='/charts'], a[href='charts']");
        await page.UntilAsync("document.querySelector('h1').textContent === 'Charts' && document.title === 'Charts - Radzen'");

        await page.RunAsync("history.back()");

        await page.UntilAsync("document.querySelector('h1').textContent === 'Orders' && document.title === 'Data grid - Radzen' && document.querySelectorAll('tbody tr').length === 10");
        Assert.Empty(await page.ComplaintsAsync());
    }

    [Fact]
    public async Task A_form_is_refused_with_reasons_and_then_accepted()
    {
        await GoAsync("/form", "Registration");
        await ClickAsync("#register");
        await page.UntilAsync("document.body.innerText.includes('Tell us your name.') && document.body.innerText.includes('Tell us where to write to.')");
        await PictureAsync("form");

        await EnterAsync("[name=Name]", "Ada");
        await EnterAsync("[name=Email]", "ada");
        await ClickAsync("#register");
        await page.UntilAsync("!document.body.innerText.includes('Tell us') && document.body.innerText.includes('This is not a mail address.') && document.querySelector('#accepted').textContent === ''");
        await EnterAsync("[name=Email]", "@example.org", "ada@example.org");

        // The reason goes when the field is left, and the button moves up into its place: it is not clicked on its way.
        await ClickAsync("h1");
        await page.UntilAsync("!document.body.innerText.includes('This is not a mail address.')");
        await ClickAsync("#register");

        await page.UntilAsync("document.querySelector('#accepted').textContent === 'Ada comes with 1.'");
        Assert.Empty(await page.ComplaintsAsync());
    }

    [Fact]
    public async Task The_theme_goes_from_light_to_dark_and_back()
    {
        const string Background = "getComputedStyle(document.querySelector('.rz-sidebar')).backgroundColor";
        await GoAsync("/", "Orders");
        await page.UntilAsync($"{Background} === 'rgb(255, 255, 255)'");

        await ClickAsync(".rz-appearance-toggle, .rz-header .rz-button");
        await page.UntilAsync($"document.querySelector('#radzen-theme-link').href.includes('material-dark') && {Background} !== 'rgb(255, 255, 255)'");
        await PictureAsync("dark");
        await ClickAsync(".rz-appearance-toggle, .rz-header .rz-button");

        await page.UntilAsync($"{Background} === 'rgb(255, 255, 255)'");
        Assert.Empty(await page.ComplaintsAsync());
    }

    // From a page without components, so that each test finds its own as it begins.
    private async Task GoAsync(string path, string heading)
    {
        await page.RunAsync("Blazor.navigateTo('not-found')");
        await page.UntilAsync("document.querySelector('h1')?.textContent === 'There is no page at this address'");
        await page.RunAsync($"Blazor.navigateTo('{path}')");
        await page.UntilAsync($"document.querySelector('h1')?.textContent === '{heading}'");
    }

    // Popups open with a movement, and dialogs lie above what is behind them: the mouse clicks where its target has come to rest and is on top.
    private async Task ClickAsync(string selector)
    {
        var target = $"document.querySelector({System.Text.Json.JsonSerializer.Serialize(selector)})";
        await page.UntilAsync($$"""
            await (async () => {
              const target = {{target}};
              if (!target) return false;
              target.scrollIntoView({ block: "nearest" });
              const before = target.getBoundingClientRect();
              await new Promise(requestAnimationFrame);
              await new Promise(requestAnimationFrame);
              const box = target.getBoundingClientRect();
              const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
              return target.isConnected && box.width > 0 && box.x === before.x && box.y === before.y && box.width === before.width && (target.contains(hit) || hit?.contains(target));
            })()
            """);
        var place = await page.RunAsync($"const box = {target}.getBoundingClientRect(); return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];");
        await page.MouseAsync(place[0].GetInt32(), place[1].GetInt32());
    }

    // Until it is there: a window system may bring a click of the mouse before the keys.
    private async Task EnterAsync(string selector, string text, string? outcome = null)
    {
        await ClickAsync(selector);
        await page.UntilAsync($"document.activeElement === document.querySelector('{selector}')");
        await page.TypeAsync(text);
        await page.UntilAsync($"document.querySelector('{selector}').value === '{outcome ?? text}'");
    }

    private async Task PictureAsync(string name)
    {
        await page.UntilAsync("document.getAnimations().every(animation => animation.playState !== 'running')");
        Assert.InRange((await page.PictureAsync($"radzen-{page.Name}-{name}")).Length, 5_000, 1_000_000);
    }
}
