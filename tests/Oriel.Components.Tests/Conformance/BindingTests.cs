using Oriel.Testing;

namespace Oriel.Components.Tests.Conformance;

public sealed class BindingTests
{
    private const int After = 2;
    private const int Afters = 3;

    private static readonly string[] s_texts = ["text", "live", "after", "set", "number", "decimal", "date", "time", "range", "area", "one"];

    [Theory]
    [InlineData("text", "new", 0)]
    [InlineData("live", "new", 1)]
    [InlineData("after", "new", After)]
    [InlineData("number", "42", 5)]
    [InlineData("range", "7", 10)]
    [InlineData("area", "new", 11)]
    [InlineData("one", "Monday", 12)]
    public async Task A_change_reaches_what_is_bound(string id, string value, int index)
    {
        await using var page = await ComponentPage.RenderAsync<Bindings>();

        page.Find("#" + id).Change(value);

        Assert.Equal(value, Shown(page)[index]);
    }

    [Fact]
    public async Task Inputs_hold_what_they_are_bound_to()
    {
        await using var page = await ComponentPage.RenderAsync<Bindings>();

        Assert.Equal(
            ["text", "live", "after", "SET", "1", "1,5", "2026-01-02", "03:04:00", "5", "area", "Friday"],
            s_texts.Select(id => page.Find("#" + id).Value));
    }

    [Fact]
    public async Task What_is_bound_to_input_follows_each_key_and_the_rest_the_loss_of_the_focus()
    {
        await using var page = await ComponentPage.RenderAsync<Bindings>();

        page.Find("#live").Type("!");
        page.Find("#text").Type("!");
        var whileTyping = Shown(page)[..2];
        page.Find("#text").Blur();

        Assert.Equal(["text", "live!"], whileTyping);
        Assert.Equal("text!", Shown(page)[0]);
    }

    [Fact]
    public async Task After_runs_once_for_a_change()
    {
        await using var page = await ComponentPage.RenderAsync<Bindings>();

        page.Find("#after").Change("x");

        Assert.Equal("1", Shown(page)[Afters]);
    }

    [Fact]
    public async Task A_setter_decides_what_the_input_shows()
    {
        await using var page = await ComponentPage.RenderAsync<Bindings>();

        page.Find("#set").Change("ada");

        Assert.Equal("ADA", page.Find("#set").Value);
    }

    [Fact]
    public async Task A_culture_and_a_format_are_read_and_written()
    {
        await using var page = await ComponentPage.RenderAsync<Bindings>();

        page.Find("#decimal").Change("2,25");
        page.Find("#date").Change("2027-03-04");
        page.Find("#time").Change("05:06");

        Assert.Equal(["2.25", "2027-03-04", "05:06:00.0000000"], Shown(page)[6..9]);
    }

    [Fact]
    public async Task Boxes_and_lists_of_options_are_bound()
    {
        await using var page = await ComponentPage.RenderAsync<Bindings>();
        var before = page.Find("#many").Values;

        page.Find("#check").Check();
        page.Find("#many").Select("a", "c");

        Assert.Equal(["b"], before);
        Assert.Equal(["True", "a+c"], [Shown(page)[9], Shown(page)[13]]);
    }

    [Fact]
    public async Task A_text_that_is_no_number_is_taken_back()
    {
        await using var page = await ComponentPage.RenderAsync<Bindings>();

        page.Find("#decimal").Change("many");

        Assert.Equal("1,5", page.Find("#decimal").Value);
    }

    private static string[] Shown(ComponentPage page) => page.Find("output").Text.Split('|');
}
