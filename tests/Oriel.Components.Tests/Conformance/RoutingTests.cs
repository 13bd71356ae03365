using Oriel.Testing;

namespace Oriel.Components.Tests.Conformance;

public sealed class RoutingTests
{
    [Fact]
    public async Task A_link_shows_another_page_with_its_parameters_title_and_head()
    {
        await using var page = await RenderAsync();
        await page.WaitForAsync(p => p.Title == "Home");

        page.ByText("Seven").Click();

        Assert.Equal("Item 7 x", page.Find("main h1").Text);
        Assert.Equal("/routed/7?tab=x", page.Address);
        await page.WaitForAsync(p => p.Title == "Item 7" && p.Head.Contains("""<meta name="item" content="7">""", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Back_and_forward_show_what_was_shown()
    {
        await using var page = await RenderAsync();
        page.ByText("Seven").Click();

        page.Back();
        var before = page.Find("h1").Text;
        page.Forward();

        Assert.Equal(("Home", "Item 7 x"), (before, page.Find("h1").Text));
    }

    [Fact]
    public async Task Code_navigates()
    {
        await using var page = await RenderAsync();

        page.ByText("Nine").Click();

        Assert.Equal(("Item 9 ", "/routed/9"), (page.Find("h1").Text, page.Address));
    }

    [Fact]
    public async Task The_link_to_where_the_page_is_is_marked()
    {
        await using var page = await RenderAsync();
        var before = page.Find("nav .active").Text;

        page.ByText("Seven").Click();

        Assert.Equal(("Home", "Seven"), (before, page.Find("nav .active").Text));
    }

    [Fact]
    public async Task An_address_without_a_page_is_not_found()
    {
        await using var page = await ComponentPage.RenderAsync<Routed>(path: "/not/there");

        Assert.Equal("Not found", page.Find("h1").Text);
    }

    [Fact]
    public async Task A_link_to_what_no_page_shows_loads_another_document()
    {
        await using var page = await RenderAsync();

        page.ByText("Nowhere").Click();

        Assert.EndsWith("/not/there", page.LeftFor, StringComparison.Ordinal);
    }

    private static Task<ComponentPage> RenderAsync() => ComponentPage.RenderAsync<Routed>(path: "/routed");
}
