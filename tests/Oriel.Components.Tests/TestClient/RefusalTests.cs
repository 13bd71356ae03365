using Oriel.Testing;

namespace Oriel.Components.Tests.TestClient;

/// <summary>What a browser would not let a person do, a test cannot do.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("#unseen", "around it is hidden")]
    [InlineData("#inert", "around it is inert")]
    [InlineData("#inside", "the fieldset around it is disabled")]
    public async Task What_cannot_be_used_is_not_clicked(string selector, string reason) =>
        await RefusedAsync(page => page.Find(selector).Click(), reason);

    [Fact]
    public async Task What_is_gone_is_not_clicked() => await RefusedAsync(
        page =>
        {
            var once = page.Find("#once");
            once.Click();
            once.Click();
        },
        "it is gone from the page");

    [Fact]
    public async Task No_more_is_typed_than_fits() => await RefusedAsync(page => page.Find("#name").Type("Grace"), "takes at most 4 characters");

    [Fact]
    public async Task Nothing_is_typed_where_no_text_goes() => await RefusedAsync(page => page.Find("output").Type("x"), "takes no text");

    [Fact]
    public async Task Options_that_are_not_there_are_not_selected() => await RefusedAsync(page => page.Find("#choice").Select("z"), "It has: \"a\", \"b\"");

    [Fact]
    public async Task Options_that_are_disabled_are_not_selected() => await RefusedAsync(page => page.Find("#choice").Select("b"), "which is disabled");

    [Theory]
    [InlineData("name", "", "is required and empty")]
    [InlineData("mail", "nobody", "is no email address")]
    [InlineData("count", "4", "is more than 3")]
    [InlineData("count", "0", "is less than 1")]
    [InlineData("code", "A1", "does not match its pattern")]
    public async Task A_form_that_is_not_valid_is_not_submitted(string id, string value, string reason) => await RefusedAsync(
        page =>
        {
            page.Find("#name").Change("Ada");
            page.Find("#" + id).Change(value);
            page.ByRole("button", "Send").Click();
        },
        reason);

    [Fact]
    public async Task A_selector_that_finds_nothing_lists_what_there_is() => await RefusedAsync(page => page.ByRole("button", "Save"), "<button>Send");

    [Fact]
    public async Task One_element_is_not_chosen_among_many() => await RefusedAsync(page => page.Find("input"), "6 elements instead of one");

    [Fact]
    public async Task Read_only_text_is_not_changed()
    {
        await using var page = await ComponentPage.RenderAsync<Form>(parameters => parameters.Set(f => f.IsReadOnly, true));

        var exception = Assert.Throws<ComponentPageException>(() => page.ByLabel("Name").Type("x"));

        Assert.Contains("read-only", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_can_be_used_is_used()
    {
        await using var page = await ComponentPage.RenderAsync<Form>();

        page.ByLabel("Name").Type("Ada");
        page.Find("#legend").Type("x");
        page.Find("#name").Press("Enter");

        Assert.Equal("1 3", page.Find("output").Text);
    }

    private static async Task RefusedAsync(Action<ComponentPage> action, string reason)
    {
        await using var page = await ComponentPage.RenderAsync<Form>();

        var exception = Assert.Throws<ComponentPageException>(() => action(page));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }
}
