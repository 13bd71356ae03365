using Oriel.Testing;

namespace Oriel.Components.Tests.Widgets;

/// <summary>Widgets in a form of Razor, on a page that a person uses and one that lies.</summary>
public sealed class FormWidgetTests
{
    [Fact]
    public async Task What_a_person_does_reaches_what_is_bound()
    {
        await using var page = await ComponentPage.RenderAsync<OrderForm>();

        page.Find("#name-control").Type("Ada");
        page.Find("#pieces-control").Change("3");
        page.Find("#size").Select("L");
        page.Find("#color input[value=blue]").Check();
        page.Find("#gift").Check();
        page.Find("#haste").Change("7");
        page.Find("#note").Type("Hi");
        page.Find("#send").Click();

        Assert.Equal("Ada|3|L|blue|True|7|Hi|1", page.Find("output").Text);
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_the_field_and_to_those_who_cannot_see_it()
    {
        await using var page = await ComponentPage.RenderAsync<OrderForm>();

        page.Find("#send").Click();

        var field = page.Find("#name-control");
        Assert.Equal("true", field["aria-invalid"]);
        Assert.Contains("name-control-error", field["aria-describedby"]!, StringComparison.Ordinal);
        Assert.Equal("Write a name.", page.Find("#name-control-error").Text);
        Assert.EndsWith("|0", page.Find("output").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#name-control", "input", "12345678901")]
    [InlineData("#pieces-control", "change", "10")]
    [InlineData("#pieces-control", "change", "1,5")]
    [InlineData("#pieces-control", "change", "NaN")]
    [InlineData("#pieces-control", "change", "")]
    [InlineData("#size", "change", "XXL")]
    [InlineData("#size", "change", "")]
    [InlineData("#color input", "change", "green")]
    [InlineData("#haste", "input", "Infinity")]
    [InlineData("#haste", "input", "1,5")]
    public async Task A_value_that_no_person_can_give_is_not_taken(string selector, string name, string value)
    {
        await using var page = await ComponentPage.RenderAsync<OrderForm>();

        page.FindAll(selector)[0].Raise(name, new { value });

        Assert.Equal("|1|M|red|False|0||0", page.Find("output").Text);
    }

    [Theory]
    [InlineData("99", "10")]
    [InlineData("-1e300", "0")]
    public async Task A_slider_stays_between_its_ends(string value, string expected)
    {
        await using var page = await ComponentPage.RenderAsync<OrderForm>();

        page.Find("#haste").Change("5");
        page.Find("#haste").Raise("input", new { value });

        Assert.Equal($"|1|M|red|False|{expected}||0", page.Find("output").Text);
    }

    [Fact]
    public async Task A_refused_text_stays_in_sight_and_its_error_goes_with_the_next_number_though_it_is_the_old_one()
    {
        await using var page = await ComponentPage.RenderAsync<OrderForm>();
        page.Find("#name-control").Type("Ada");

        page.Find("#pieces-control").Change("50");
        Assert.Equal("50", page.Find("#pieces-control").Value);
        Assert.Equal("Write a number from 1 to 9.", page.Find("#pieces-control-error").Text);
        page.Find("form").Raise("submit");
        Assert.EndsWith("|0", page.Find("output").Text, StringComparison.Ordinal);
        page.Find("#pieces-control").Change("1.0");

        Assert.Equal("", page.Find("#pieces-control-error").Text);
        Assert.Null(page.Find("#pieces-control")["aria-invalid"]);
        Assert.Equal("1", page.Find("#pieces-control").Value);
        page.Find("#send").Click();
        Assert.EndsWith("|1", page.Find("output").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_text_goes_when_the_parent_gives_another_value()
    {
        await using var page = await ComponentPage.RenderAsync<OrderForm>();
        page.Find("#pieces-control").Change("50");

        page.Find("#more").Click();

        Assert.Equal("2", page.Find("#pieces-control").Value);
        Assert.Equal("", page.Find("#pieces-control-error").Text);
        Assert.Null(page.Find("#pieces-control")["aria-invalid"]);
    }

    [Fact]
    public async Task Attributes_and_events_of_Razor_are_passed_on()
    {
        await using var page = await ComponentPage.RenderAsync<OrderForm>();

        page.Find("#more").Click();

        Assert.Equal("One more", page.Find("#more")["aria-label"]);
        Assert.StartsWith("|2|", page.Find("output").Text, StringComparison.Ordinal);
    }
}
