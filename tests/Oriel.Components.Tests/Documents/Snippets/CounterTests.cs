using Oriel.Testing;
using static Oriel.Components.UI;

namespace Oriel.Components.Tests.Documents.Snippets;

public sealed class CounterTests
{
    [Fact]
    public async Task A_click_counts()
    {
        await using var page = await ComponentPage.RenderAsync<Counter>();

        page.ByRole("button", "Click").Click();

        Assert.Equal("Clicked 1 times", page.ByRole("status").Text);
    }

    [Fact]
    public async Task A_name_is_greeted()
    {
        var name = new State<string>("");
        await using var page = await ComponentPage.RenderAsync(() => VStack(
            Field("Name", Input().Bind(name)),
            Text(() => $"Hello, {name.Value}!")));

        page.ByLabel("Name").Type("Ada");

        Assert.Equal("Ada", name.Value);
        Assert.Equal("Hello, Ada!", page.Find(".o-text").Text);
    }

    [Fact]
    public async Task An_order_has_its_title()
    {
        await using var page = await ComponentPage.RenderAsync<OrderPage>(parameters => parameters.Set(order => order.Number, 5));

        Assert.Equal("Order 5", page.Title);
    }
}
