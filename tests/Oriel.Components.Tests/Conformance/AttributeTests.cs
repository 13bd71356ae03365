using Oriel.Testing;

namespace Oriel.Components.Tests.Conformance;

public sealed class AttributeTests
{
    [Fact]
    public async Task Attributes_that_a_component_does_not_know_go_on_with_their_handlers()
    {
        await using var page = await ComponentPage.RenderAsync<Attributes>();
        var button = page.Find("#splatted");

        button.Click();

        Assert.Equal(("mine", "1"), (button["class"], button["data-x"]));
        Assert.StartsWith("1 ", page.Find("output").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_goes_up_unless_it_is_stopped()
    {
        await using var page = await ComponentPage.RenderAsync<Attributes>();

        page.Find("#stopped").Click();
        var stopped = page.Find("output").Text;
        page.Find("#toggle").Click();
        page.Find("#stopped").Click();

        Assert.Equal(("0 1 0", "0 2 1"), (stopped, page.Find("output").Text));
    }

    [Fact]
    public async Task What_the_page_does_by_itself_is_prevented()
    {
        await using var page = await ComponentPage.RenderAsync<Attributes>();

        page.Find("#prevented").Click();
        page.Find("#box").Click();

        Assert.Equal("0 2 0", page.Find("output").Text);
        Assert.False(page.Find("#box").IsChecked);
        Assert.Equal("/", page.Address);
    }

    [Fact]
    public async Task Attributes_without_a_value_are_not_there_and_markup_is_replaced()
    {
        await using var page = await ComponentPage.RenderAsync<Attributes>();
        var paragraph = page.Find("#conditional");
        Assert.Equal("""<p id="conditional" title="on"><b>bold</b></p>""", paragraph.Markup);

        page.Find("#off").Click();

        Assert.Equal("""<p id="conditional" hidden=""><u>new</u> text</p>""", paragraph.Markup);
        Assert.True(page.Find("#splatted").IsDisabled);
    }
}
