using Microsoft.Extensions.DependencyInjection;
using Oriel.Testing;

namespace Oriel.Components.Tests.Conformance;

public sealed class LifecycleTests
{
    private readonly LifecycleLog _log = new();

    [Fact]
    public async Task A_component_lives_in_the_order_that_is_documented()
    {
        await using var page = await ComponentPage.RenderAsync<LivingParent>(services: services => services.AddSingleton(_log));
        Assert.Equal("loading 1", page.Find("p").Text);

        _log.Loaded.SetResult();
        await page.WaitForAsync(p => p.Find("p").Text == "loaded 1" && _log.Steps.Contains("AfterRender(False)"));
        page.Find("button").Click();

        Assert.False(page.Has("p"));
        Assert.Equal(
            ["SetParameters", "Initialized", "AfterRender(True)", "InitializedAsync", "ParametersSet", "AfterRender(False)", "Dispose"],
            _log.Steps);
    }

    [Fact]
    public async Task A_page_that_closes_disposes_of_its_components()
    {
        var page = await ComponentPage.RenderAsync<LivingParent>(services: services => services.AddSingleton(_log));

        await page.DisposeAsync();

        Assert.Equal("Dispose", _log.Steps.Last());
    }
}
