using Oriel.Testing;

namespace Oriel.Components.Tests.Conformance;

public sealed class ErrorTests
{
    [Theory]
    [InlineData("handler")]
    [InlineData("later")]
    [InlineData("render")]
    public async Task A_boundary_shows_what_failed_below_it_and_recovers(string where)
    {
        await using var page = await ComponentPage.RenderAsync<Failing>();

        page.Find("#" + where).Click();
        await page.WaitForAsync(p => p.Find(".caught").Text == "bad " + where);
        page.Find("#recover").Click();

        Assert.Equal("good", page.Find(".good").Text);
    }

    [Fact]
    public async Task A_boundary_catches_what_fails_in_the_first_render()
    {
        await using var page = await ComponentPage.RenderAsync<Failing>(parameters => parameters.Set(f => f.Where, "render"));

        Assert.Equal("bad render", page.Find(".caught").Text);
    }

    [Fact]
    public async Task An_exception_that_nothing_handles_is_thrown_at_the_test_as_it_was()
    {
        await using var page = await ComponentPage.RenderAsync<Bad>();

        var exception = Assert.Throws<InvalidOperationException>(() => page.Find("#handler").Click());

        Assert.Contains(nameof(Bad), exception.StackTrace, StringComparison.Ordinal);
        Assert.Same(exception, Assert.Single(page.Errors));
    }
}
