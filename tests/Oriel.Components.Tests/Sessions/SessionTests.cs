namespace Oriel.Components.Tests;

public sealed class SessionTests
{
    [Fact]
    public async Task A_page_is_greeted_and_gets_what_the_component_rendered()
    {
        await using var page = TestPage.Show<Counter>();

        Assert.Equal("hello", (string?)page.Messages[0][2]);
        Assert.Equal(page.Session.Id, (string?)page.Messages[0][3]!["session"]);
        Assert.Equal("""0,0,1,0,1,"p",1,"role","status",0,0,2,2,"Current count: ",2,"0",1,1,1,"button",0,1,"click",1,0,1,2,"Click me" """.Trim(), TestPage.Body(page.Frames[0]));
    }

    [Fact]
    public async Task A_click_changes_what_the_handler_changed()
    {
        await using var page = TestPage.Show<Counter>();

        await page.RaiseAsync("click");

        Assert.Equal("""0,0,6,0,5,1,"1",7""", TestPage.Body(page.Frames[1]));
        Assert.Equal(1, (long)page.Frames[1][1]!);
    }
}
