using Microsoft.Extensions.DependencyInjection;
using Oriel.Testing;

namespace Oriel.Components.Tests.Conformance;

public sealed class ParameterTests
{
    [Fact]
    public async Task A_component_shows_the_parameters_it_is_given()
    {
        await using var page = await ComponentPage.RenderAsync<Counting>(parameters => parameters.Set(c => c.Start, 5));

        page.ByRole("button", "Add").Click();

        Assert.Equal("6", page.Find(".count").Text);
    }

    [Fact]
    public async Task A_parent_changes_the_parameters_of_its_child_which_keeps_its_state()
    {
        await using var page = await ComponentPage.RenderAsync<ParentOfCounting>();
        page.ByText("Add").Click();

        page.Find("#raise").Click();
        page.ByText("Add").Click();

        Assert.Equal("3", page.Find(".count").Text);
    }

    [Fact]
    public async Task A_callback_renders_the_component_that_it_belongs_to()
    {
        await using var page = await ComponentPage.RenderAsync<ParentOfCounting>();

        page.Find("#tell").Click();

        Assert.Equal("told", page.Find("output").Text);
    }

    [Fact]
    public async Task Cascading_values_reach_those_below_and_follow_their_changes()
    {
        await using var page = await ComponentPage.RenderAsync<Cascade>();
        Assert.Equal("Ada 7", page.Find("p").Text);

        page.Find("button").Click();

        Assert.Equal("Grace 7", page.Find("p").Text);
    }

    [Fact]
    public async Task A_cascading_value_of_the_services_reaches_all()
    {
        await using var page = await ComponentPage.RenderAsync<CascadeReader>(services: services => services.AddCascadingValue(_ => 9));

        Assert.Equal("9", page.Find("p").Text.Trim());
    }

    [Fact]
    public async Task Services_live_as_long_as_the_page_and_are_shared_by_its_components()
    {
        var page = await ComponentPage.RenderAsync<ScopedTwice>(services: services => services.AddScoped<ScopedGuid>());
        var service = page.Services.GetRequiredService<ScopedGuid>();
        var shown = page.FindAll("p").Select(p => p.Text).ToArray();

        await page.DisposeAsync();

        Assert.Equal([$"{service.Value}", $"{service.Value}"], shown);
        Assert.True(service.IsDisposed);
    }
}
