using Oriel.Testing;

namespace Oriel.Components.Tests.Conformance;

public sealed class ContentTests
{
    [Fact]
    public async Task A_component_is_chosen_while_the_page_is_shown()
    {
        await using var page = await ComponentPage.RenderAsync<Dynamic>();
        Assert.Equal("4", page.Find(".count").Text);

        page.Find("#swap").Click();

        Assert.False(page.Has(".count"));
        Assert.True(page.Has("#tell"));
    }

    [Fact]
    public async Task A_section_is_shown_where_its_outlet_is()
    {
        await using var page = await ComponentPage.RenderAsync<Sections>();

        page.Find("button").Click();

        Assert.Equal("1", page.Find("header b").Text);
    }

    [Fact]
    public async Task A_generic_component_shows_the_templates_it_is_given()
    {
        await using var page = await ComponentPage.RenderAsync<Templated>();
        Assert.Equal(["2", "4"], page.FindAll("li i").Select(i => i.Text));

        page.Find("button").Click();

        Assert.Equal("none", page.Find("p").Text);
    }

    [Fact]
    public async Task A_long_list_shows_what_is_in_view()
    {
        await using var page = await ComponentPage.RenderAsync<Endless>();
        var init = page.JS.Calls.Single(call => call.Name == "Blazor._internal.Virtualize.init");

        await init.InvokeAsync(0, "OnSpacerAfterVisible", 0f, 0f, 100f);

        Assert.InRange(page.FindAll("p").Count, 5, 20);
        Assert.Equal("999", page.FindAll("p")[^1].Text);
    }

    [Fact]
    public async Task JavaScript_answers_what_the_test_says()
    {
        await using var page = await ComponentPage.RenderAsync<Scripted>();
        page.JS.Setup("greet", call => $"Hello {call.Get<string>(0)}");
        page.JS.Setup("name", call => call.Target);

        page.Find("#call").Click();
        await page.WaitForAsync(p => p.Find("output").Text == "Hello Ada");
        page.Find("#module").Click();

        await page.WaitForAsync(p => p.Find("output").Text == "./tools.js");
    }
}
