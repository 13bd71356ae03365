using Oriel.Components.Widgets;
using Oriel.Testing;
using static Oriel.Components.UI;

namespace Oriel.Components.Tests.Widgets;

/// <summary>Widgets of C# that follow states, open and close.</summary>
public sealed class OpeningWidgetTests
{
    [Fact]
    public async Task A_state_and_a_field_follow_each_other()
    {
        var name = new State<string>("Ada");
        await using var page = await ComponentPage.RenderAsync(() => VStack(Input().Bind(name).Label("Name"), Text(() => name.Value)));

        page.Find("input").Type("!");
        Assert.Equal("Ada!", page.Find(".o-text").Text);

        name.Value = "Grace";

        await page.WaitForAsync(static seen => seen.Find("input").Value == "Grace");
    }

    [Fact]
    public async Task A_button_of_plain_CSharp_changes_what_its_text_reads()
    {
        var count = new State<int>(0);
        await using var page = await ComponentPage.RenderAsync(() => Button(() => $"Clicked {count.Value} times").OnClick(() => count.Value++).Disabled(() => count.Value >= 2));

        page.Find("button").Click();
        page.Find("button").Click();

        Assert.Equal("Clicked 2 times", page.Find("button").Text);
        Assert.True(page.Find("button").IsDisabled);
    }

    [Fact]
    public async Task A_tab_shows_its_panel_and_hides_the_others()
    {
        await using var page = await ComponentPage.RenderAsync(() => Tabs(Tab("One", "first"), Tab("Two", "second"), Tab("Three", "third").Disabled()).Label("Numbers"));

        page.Find("[role=tab]:nth-child(2)").Click();

        var tab = page.Find("[role=tab][aria-selected=true]");
        Assert.Equal("Two", tab.Text);
        Assert.Equal("0", tab["tabindex"]);
        Assert.Equal("second", page.Find("#" + tab["aria-controls"]).Text);
        Assert.Equal(2, page.FindAll("[role=tabpanel][hidden]").Count);
        Assert.Equal(2, page.FindAll("[role=tab][tabindex='-1']").Count);
    }

    [Fact]
    public async Task A_menu_opens_chooses_and_gives_the_focus_back()
    {
        var chosen = 0;
        await using var page = await ComponentPage.RenderAsync(() => MenuBar(Menu("File", MenuItem("New").OnClick(() => chosen++), MenuItem("Close").Disabled().OnClick(() => chosen += 100))));

        page.Find("button[aria-haspopup]").Click();
        Assert.Equal("true", page.Find("button[aria-haspopup]")["aria-expanded"]);
        Assert.Equal(page.Find("button[aria-haspopup]")["id"], page.Find("[role=menu]")["aria-labelledby"]);
        page.FindAll(".o-menu-item")[1].Click();
        Assert.Equal(0, chosen);
        page.FindAll(".o-menu-item")[0].Click();
        await page.WaitForAsync(_ => chosen == 1);

        Assert.False(page.Has("[role=menu]"));
        Assert.Equal(["orielWidgets.openMenu", "orielWidgets.focus"], page.JS.Calls.Select(static call => call.Name).Where(static name => name.StartsWith("orielWidgets.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Escape")]
    [InlineData("Tab")]
    public async Task A_key_closes_a_menu(string key)
    {
        await using var page = await ComponentPage.RenderAsync(() => Menu("More", MenuItem("Share")));
        page.Find("button[aria-haspopup]").Raise("keydown", new { key = "ArrowDown" });
        Assert.True(page.Has("[role=menu]"));

        page.Find("[role=menu]").Raise("keydown", new { key });

        Assert.False(page.Has("[role=menu]"));
        Assert.Equal("false", page.Find("button[aria-haspopup]")["aria-expanded"]);
    }

    [Fact]
    public async Task A_click_beside_a_menu_closes_it()
    {
        await using var page = await ComponentPage.RenderAsync(() => Menu("More", MenuItem("Share")));
        page.Find("button").Click();

        page.Find(".o-scrim").Raise("click");

        Assert.False(page.Has("[role=menu]"));
    }

    [Fact]
    public async Task One_menu_of_a_bar_is_open_at_a_time()
    {
        await using var page = await ComponentPage.RenderAsync(() => MenuBar(Menu("File", MenuItem("New")), Menu("Edit", MenuItem("Undo"))));
        page.FindAll("[aria-haspopup]")[0].Click();

        page.FindAll("[aria-haspopup]")[1].Click();

        Assert.Equal("Undo", page.Find("[role=menu]").Text);
    }

    [Theory]
    [InlineData("F10", true, true)]
    [InlineData("ContextMenu", false, true)]
    [InlineData("F10", false, false)]
    public async Task A_context_menu_opens_by_keyboard(string key, bool shiftKey, bool isOpen)
    {
        await using var page = await ComponentPage.RenderAsync(() => ContextMenu("row", MenuItem("Copy")));

        page.Find(".o-context").Raise("keydown", new { key, shiftKey });

        Assert.Equal(isOpen, page.Has("[role=menu][aria-label=Actions]"));
    }

    [Fact]
    public async Task A_context_menu_opens_by_the_right_mouse_button()
    {
        var chosen = 0;
        await using var page = await ComponentPage.RenderAsync(() => ContextMenu("row", MenuItem("Copy").OnClick(() => chosen++)));

        page.Find(".o-context").RightClick();
        page.Find(".o-menu-item").Click();
        await page.WaitForAsync(_ => chosen == 1);

        Assert.False(page.Has("[role=menu]"));
    }

    [Fact]
    public async Task A_modal_holds_its_content_only_while_it_is_open()
    {
        var open = new State<bool>(false);
        await using var page = await ComponentPage.RenderAsync(() => Modal("Rename", Text("inside")).Bind(open));
        Assert.False(page.Has(".o-modal-body"));

        open.Value = true;
        await page.WaitForAsync(static seen => seen.Has(".o-modal[open]"));
        Assert.Equal("inside", page.Find(".o-modal-body").Text);
        page.Find("[data-oriel-close]").Click();
        await page.WaitForAsync(static seen => !seen.Has(".o-modal[open]"));

        Assert.False(open.Value);
        Assert.False(page.Has(".o-modal-body"));
    }

    [Fact]
    public async Task A_question_tells_its_answer_and_one_that_needs_an_answer_cannot_be_dismissed()
    {
        var open = new State<bool>(true);
        var answers = new List<string>();
        await using var page = await ComponentPage.RenderAsync(() => Dialog("Sure?", "It is gone then.").OnConfirm(() => answers.Add("yes")).CancelText(null).Bind(open));
        Assert.False(page.Has("[data-oriel-close]"));
        await page.WaitForAsync(static seen => seen.Has(".o-modal[open]"));

        page.Find("footer button").Click();
        await page.WaitForAsync(_ => answers.Count == 1);

        Assert.Equal(["yes"], answers);
        Assert.False(open.Value);
    }

    [Fact]
    public async Task A_table_sorts_by_its_heading()
    {
        int[] numbers = [2, 3, 1];
        await using var page = await ComponentPage.RenderAsync(() => Table(numbers, new TableColumn<int>("Number", static number => $"{number}") { SortBy = static number => number }));

        page.Find("th button").Click();
        Assert.Equal("123", page.Find("tbody").Text);
        Assert.Equal("ascending", page.Find("th")["aria-sort"]);
        page.Find("th button").Click();

        Assert.Equal("321", page.Find("tbody").Text);
        Assert.Equal("descending", page.Find("th")["aria-sort"]);
    }

    [Theory]
    [InlineData(Tone.Neutral, null)]
    [InlineData(Tone.Danger, "alert")]
    public async Task A_message_is_read_out_by_a_region_that_was_there_before_it_and_can_be_dismissed(Tone tone, string? role)
    {
        await using var page = await ComponentPage.RenderAsync(static () => ToastHost());
        var toasts = (ToastService)page.Services.GetService(typeof(ToastService))!;
        Assert.Equal("polite", page.Find(".o-toasts")["aria-live"]);

        toasts.Show("Hello", tone);
        await page.WaitForAsync(static seen => seen.Has(".o-toast"));
        Assert.Equal(role, page.Find(".o-toast")["role"]);
        page.Find(".o-close").Click();

        Assert.Empty(toasts.Shown);
        await page.WaitForAsync(static seen => !seen.Has(".o-toast"));
    }

    [Fact]
    public async Task Rows_of_equal_items_are_no_error()
    {
        var numbers = new State<int[]>([1, 1]);
        await using var page = await ComponentPage.RenderAsync(() => Table(numbers.Value, new TableColumn<int>("Number", static number => $"{number}")));

        numbers.Value = [2, 2, 2];

        await page.WaitForAsync(static seen => seen.Find("tbody").Text == "222");
    }

    [Fact]
    public async Task A_table_stays_sorted_when_its_columns_are_made_anew()
    {
        var numbers = new State<int[]>([2, 1]);
        await using var page = await ComponentPage.RenderAsync(() => Table(numbers.Value, new TableColumn<int>("Number", static number => $"{number}") { SortBy = static number => number }));
        page.Find("th button").Click();

        numbers.Value = [3, 2, 1];

        await page.WaitForAsync(static seen => seen.Find("tbody").Text == "123");
        Assert.Equal("ascending", page.Find("th")["aria-sort"]);
    }

    [Fact]
    public async Task A_bar_is_reached_by_Tab_when_the_menu_that_had_the_focus_is_gone_or_disabled()
    {
        var menus = new State<string>("File Edit View");
        await using var page = await ComponentPage.RenderAsync(() => MenuBar([.. menus.Value.Split(' ').Select(static title => Menu(title.TrimStart('-'), MenuItem("x")).Disabled(title[0] == '-').Key(title.TrimStart('-')))]));
        Assert.Equal("File", page.Find("[tabindex='0']").Text);

        menus.Value = "-File Edit View";
        await page.WaitForAsync(static seen => seen.Find("[tabindex='0']").Text == "Edit");
        page.FindAll("[aria-haspopup]")[2].Raise("focus");
        await page.WaitForAsync(static seen => seen.Find("[tabindex='0']").Text == "View");
        menus.Value = "-File Edit";

        await page.WaitForAsync(static seen => seen.Has("[tabindex='0']") && seen.Find("[tabindex='0']").Text == "Edit");
        Assert.Single(page.FindAll("[tabindex='0']"));
    }

    [Theory]
    [InlineData("Escape", true)]
    [InlineData("Tab", false)]
    public async Task A_menu_that_Tab_leaves_does_not_take_the_focus_back(string key, bool givesBack)
    {
        await using var page = await ComponentPage.RenderAsync(() => Menu("More", MenuItem("Share")));
        page.Find("button").Click();

        page.Find("[role=menu]").Raise("keydown", new { key });

        Assert.False(page.Has("[role=menu]"));
        Assert.Equal(givesBack, page.JS.Calls.Any(static call => call.Name == "orielWidgets.focus"));
    }

    [Fact]
    public async Task Enter_that_ends_a_composition_is_not_told()
    {
        var told = 0;
        await using var page = await ComponentPage.RenderAsync(() => Input().OnlyWhenDone().OnEnter(() => told++));
        Assert.NotNull(page.Find("input")["data-oriel-enter"]);

        page.Find("input").Raise("keydown", new { key = "Enter", isComposing = true });
        Assert.Equal(0, told);
        page.Find("input").Raise("keydown", new { key = "Enter" });

        Assert.Equal(1, told);
    }
}
