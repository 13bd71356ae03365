using Oriel.Testing;

namespace Oriel.Components.Tests.Conformance;

public sealed class KeyTests
{
    [Theory]
    [InlineData("d,c,b,a")]
    [InlineData("b,c,d,a")]
    [InlineData("a,x,b,c,d")]
    [InlineData("d,a")]
    [InlineData("x,d,b,y,a")]
    [InlineData("")]
    public async Task Elements_and_components_keep_their_identity_when_their_keys_move(string after)
    {
        var order = new KeyedOrder { Items = ["a", "b", "c", "d"] };
        await using var page = await ComponentPage.RenderAsync<KeyedPage>(parameters => parameters.Set(p => p.Order, order));
        var before = order.Items.ToDictionary(item => item, item => page.Find("#" + item));
        page.Find("#d button").Click();

        order.Items = [.. after.Split(',', StringSplitOptions.RemoveEmptyEntries)];
        page.ByText("Show").Click();

        Assert.Equal(order.Items, page.FindAll("li").Select(li => li["id"]!));
        Assert.All(page.FindAll("li"), li => Assert.True(!before.TryGetValue(li["id"]!, out var same) || same.Equals(li)));
        Assert.Equal(order.Items.Contains("d") ? "1" : null, page.FindAll("#d .count").SingleOrDefault()?.Text);
    }

    [Fact]
    public async Task References_lead_to_elements_and_components()
    {
        await using var page = await ComponentPage.RenderAsync<References>();

        page.Find("#focus").Click();

        Assert.True(page.Find("input").IsFocused);
        Assert.Equal("3", page.Find("#start").Text);
    }
}
