using Oriel.Testing;

namespace Oriel.Components.Tests.Conformance;

public sealed class FormTests
{
    [Fact]
    public async Task A_form_reports_what_is_not_valid()
    {
        await using var page = await ComponentPage.RenderAsync<PersonForm>();

        page.ByRole("button", "Save").Click();

        Assert.Equal("invalid", page.Find("output").Text);
        Assert.Equal(["Who?", "How old?"], page.FindAll(".validation-errors li").Select(li => li.Text));
        Assert.Equal("Who?", page.Find("div.validation-message").Text);
    }

    [Fact]
    public async Task Every_input_writes_into_the_model_and_a_valid_form_is_submitted()
    {
        var person = new Person();
        await using var page = await ComponentPage.RenderAsync<PersonForm>(parameters => parameters.Set(f => f.Person, person));

        page.ByLabel("Name").Change("Ada");
        page.ByLabel("Age").Change("36");
        page.ByLabel("About").Change("Notes");
        page.ByLabel("Member").Check();
        page.ByLabel("Born").Change("1815-12-10");
        page.Find("select").Select("Tuesday");
        page.ByLabel("Large").Check();
        page.ByRole("button", "Save").Click();

        Assert.Equal("valid", page.Find("output").Text);
        Assert.Equal(
            ("Ada", 36, "Notes", true, new DateOnly(1815, 12, 10), DayOfWeek.Tuesday, "L"),
            (person.Name, person.Age, person.About, person.IsMember, person.Born, person.Day, person.Size));
    }

    [Fact]
    public async Task A_field_is_valid_again_when_it_is_mended()
    {
        await using var page = await ComponentPage.RenderAsync<PersonForm>();
        page.ByLabel("Name").Change("Much too long");
        Assert.Contains("invalid", page.ByLabel("Name")["class"], StringComparison.Ordinal);

        page.ByLabel("Name").Change("Ada");

        Assert.Equal("modified valid", page.ByLabel("Name")["class"]);
    }
}
