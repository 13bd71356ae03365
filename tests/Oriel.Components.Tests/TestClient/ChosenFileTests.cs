using Oriel.Testing;

namespace Oriel.Components.Tests.TestClient;

public sealed class ChosenFileTests
{
    [Fact]
    public async Task Files_that_are_chosen_are_read_by_the_component()
    {
        await using var page = await ComponentPage.RenderAsync<Files>();

        page.Find("input").SetInputFiles(PageFile.OfText("a.txt", "one"), new PageFile("b", new byte[] { 50 }));

        await page.WaitForAsync(p => p.Find("p").Text == "a.txt:text/plain:one | b::2");
    }

    [Fact]
    public async Task A_file_that_is_larger_than_the_component_takes_is_refused_by_it()
    {
        await using var page = await ComponentPage.RenderAsync<Files>(parameters => parameters.Set(f => f.MaxBytes, 3));

        page.Find("input").SetInputFiles(PageFile.OfText("large.txt", "four"), PageFile.OfText("small.txt", "one"));

        await page.WaitForAsync(p => p.Find("p").Text.EndsWith("small.txt:text/plain:one", StringComparison.Ordinal));
        Assert.StartsWith("large.txt!", page.Find("p").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_larger_than_a_message_may_be_is_read()
    {
        await using var page = await ComponentPage.RenderAsync<Files>(parameters => parameters.Set(f => f.MaxBytes, 50_000_000));

        page.Find("input").SetInputFiles(PageFile.OfText("large", new string('x', 20_000_000)));

        await page.WaitForAsync(p => p.Find("p").Text.Length == "large:text/plain:".Length + 20_000_000);
    }

    [Fact]
    public async Task What_is_thrown_for_files_is_an_error_of_the_pages_call()
    {
        await using var page = await ComponentPage.RenderAsync<Files>();

        page.Find("input").SetInputFiles([.. Enumerable.Range(0, 11).Select(i => PageFile.OfText($"{i}", ""))]);

        await page.WaitForAsync(p => p.Complaints.Count > 0);
        Assert.Contains("11", page.Complaints[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_file_goes_where_one_is_taken()
    {
        await using var page = await ComponentPage.RenderAsync<Files>(parameters => parameters.Set(f => f.IsMultiple, false));

        var exception = Assert.Throws<ComponentPageException>(() => page.Find("input").SetInputFiles(PageFile.OfText("a", ""), PageFile.OfText("b", "")));

        Assert.Contains("no attribute multiple", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_file_goes_where_none_is_taken()
    {
        await using var page = await ComponentPage.RenderAsync<Files>(parameters => parameters.Set(f => f.IsDisabled, true));

        var disabled = Assert.Throws<ComponentPageException>(() => page.Find("input").SetInputFiles(PageFile.OfText("a", "")));
        var other = Assert.Throws<ComponentPageException>(() => page.Find("p").SetInputFiles(PageFile.OfText("a", "")));

        Assert.Contains("it is disabled", disabled.Message, StringComparison.Ordinal);
        Assert.Contains("no input of the type file", other.Message, StringComparison.Ordinal);
    }
}
