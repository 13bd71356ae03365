using System.Text.RegularExpressions;
using Oriel.Components.Tests.Documents.Snippets;
using Oriel.Components.Widgets;
using Oriel.Testing;

namespace Oriel.Components.Tests.Documents;

/// <summary>What docs/components.md and the pages beside it say in code.</summary>
public sealed partial class DocumentTests
{
    // They are compiled with the tests.
    private const string Snippets = "tests/Oriel.Components.Tests/Documents/Snippets";

    public static TheoryData<string> Components => [.. Files.Below(Snippets, "*.razor").Where(static path => !path.EndsWith("_Imports.razor", StringComparison.Ordinal)).Select(static path => Path.GetFileName(path))];

    [Theory]
    [InlineData(Page.Name)]
    [InlineData("docs/javascript.md")]
    [InlineData("docs/serving.md")]
    public void The_C_of_a_page_compiles(string page)
    {
        var blocks = Page.Blocks("csharp", page);
        Assert.NotEmpty(blocks);

        Assert.Empty(Compiler.Errors(blocks, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_block_that_does_not_compile_is_named_by_its_line()
    {
        var errors = Compiler.Errors([(7, "view = Text(\"a\");\nview = Txt(\"b\");\n\ninternal sealed record Pair(int A, Missing B);\n")], TestContext.Current.CancellationToken);

        Assert.Collection(
            errors,
            static error => Assert.StartsWith("8: CS0103", error, StringComparison.Ordinal),
            static error => Assert.StartsWith("10: CS0246", error, StringComparison.Ordinal));
    }

    [Fact]
    public void All_Razor_of_the_page_is_compiled_with_the_tests()
    {
        var compiled = Components.Select(static name => Files.Read($"{Snippets}/{name.Data}").Trim()).ToHashSet();

        Assert.All(Page.Blocks("razor"), block => Assert.Contains(block.Code.Trim(), compiled));
    }

    [Theory]
    [MemberData(nameof(Components))]
    public void A_component_of_the_page_is_quoted_word_by_word(string name) =>
        Assert.Contains($"```razor\n{Files.Read($"{Snippets}/{name}").Trim()}\n```", Files.Read(Page.Name), StringComparison.Ordinal);

    [Fact]
    public void The_tests_of_the_page_run_with_the_tests() =>
        Assert.Contains(Files.Read($"{Snippets}/CounterTests.cs").Split("Snippets;\n\n", 2)[1].Trim(), Page.Blocks("csharp").Select(static block => block.Code.Trim()));

    [Fact]
    public async Task The_routes_of_the_page_lead_to_its_pages()
    {
        await using var page = await ComponentPage.RenderAsync<App>(path: "/orders/5");

        page.ByRole("button", "Next").Click();

        Assert.Equal("/orders/6", page.Address);
        Assert.Equal("Order 6", page.Title);
    }

    [Fact]
    public async Task A_route_that_the_page_does_not_have_leads_to_the_page_that_says_so()
    {
        await using var page = await ComponentPage.RenderAsync<App>(path: "/there/is/no/such/page");

        Assert.Equal("There is nothing here", page.Find("h1").Text);
    }

    [Fact]
    public async Task A_click_on_the_counter_is_as_small_as_the_page_says()
    {
        await using var page = await ComponentPage.RenderAsync<Counter>();
        page.Find("button").Click();

        page.Find("button").Click();

        Assert.InRange(page.Frames[^1].Bytes, 1, 45);
    }

    [Fact]
    public void All_widgets_are_in_the_table()
    {
        var table = string.Join('\n', Files.Read(Page.Name).Split('\n').Where(static line => line.StartsWith('|')));
        var widgets = typeof(Widget).Assembly.GetExportedTypes().Where(static type => type.IsSubclassOf(typeof(Widget)) && !type.IsAbstract);

        Assert.All(widgets, widget => Assert.Contains($"<{widget.Name.Split('`')[0]}", table, StringComparison.Ordinal));
    }

    [Fact]
    public void The_theme_has_the_variables_of_the_page()
    {
        var theme = Files.Read("src/Oriel.Components/Widgets/Theme/theme.css");
        var variables = Variable().Matches(Files.Read(Page.Name)).Select(static match => match.Value).Distinct();

        Assert.All(variables, variable => Assert.Contains($"{variable}:", theme, StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_program_of_the_page_and_of_the_README_is_the_sample()
    {
        var program = Files.Read("samples/Counter/Program.cs").Replace("using CounterSample;\n", "", StringComparison.Ordinal).Trim();

        Assert.All(["README.md", Page.Name], page => Assert.Contains($"```csharp\n{program}\n```", Files.Read(page), StringComparison.Ordinal));
    }

    [GeneratedRegex("--o-[a-z-]+")]
    private static partial Regex Variable();
}
