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
    [InlineData(Tone.Neutral, "status")]
    [InlineData(Tone.Danger, "alert")]
    public async Task A_message_is_read_out_and_can_be_dismissed(Tone tone, string role)
    {
        await using var page = await ComponentPage.RenderAsync(static () => ToastHost());
        var toasts = (ToastService)page.Services.GetService(typeof(ToastService))!;

        toasts.Show("Hello", tone);
        await page.WaitForAsync(seen => seen.Has($".o-toast[role={role}]"));
        page.Find(".o-close").Click();

        Assert.Empty(toasts.Shown);
        await page.WaitForAsync(static seen => !seen.Has(".o-toast"));
    }
}
