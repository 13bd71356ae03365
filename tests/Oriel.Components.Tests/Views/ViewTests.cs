using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using static Oriel.Components.UI;

namespace Oriel.Components.Tests;

public sealed class ViewTests
{
    [Fact]
    public async Task A_component_gets_its_parameters_and_attributes()
    {
        await using var page = ShownView.Show(() => Component<Box>()
            .Id("box").Class("a").Class("b").Style("width", "2px").Style("--gap", "1rem").Attribute("title", "Hi").Content("in", null, "side"));
        await page.SettleAsync();

        var frame = TestPage.Body(page.Frames[0]);

        Assert.Contains("\"a b\"", frame, StringComparison.Ordinal);
        Assert.Contains("\"width: 2px; --gap: 1rem\"", frame, StringComparison.Ordinal);
        Assert.Contains("\"in\"", frame, StringComparison.Ordinal);
        Assert.Contains("\"side\"", frame, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parameter_that_is_a_function_renders_only_the_component_that_gets_it()
    {
        var title = new State<string>("first");
        var rootRenders = 0;
        await using var page = ShownView.Show(() =>
        {
            rootRenders++;
            return Component<Box>().Attribute("title", () => title.Value).Style("width", () => $"{title.Value.Length}px");
        });
        await page.SettleAsync();
        var frames = page.Frames.Count;

        title.Value = "second";
        var frame = await page.NextAsync(frames);

        Assert.Contains("\"second\"", frame, StringComparison.Ordinal);
        Assert.Contains("\"width: 6px\"", frame, StringComparison.Ordinal);
        Assert.Equal(1, rootRenders);
    }

    [Fact]
    public async Task Set_with_a_string_gives_the_text_and_not_a_fragment()
    {
        const string? None = null;
        var seen = new Dictionary<string, object?>();
        await using var page = ShownView.Show(() => Component<Recorder>()
            .Set("Seen", seen)
            .Set("Text", "text")
            .Set("None", None)
            .Set("Literal", null)
            .Set("Flag", true)
            .Set("Read", () => "read")
            .Set("Fragment", (View)"view")
            .Set("Widget", Text("widget"))
            .Set("Read view", () => Text("read view")));
        await page.SettleAsync();

        Assert.Equal(("text", true, "read"), (seen["Text"], seen["Flag"], seen["Read"]));
        Assert.Equal((null, null), (seen["None"], seen["Literal"]));
        Assert.All(["Fragment", "Widget", "Read view"], name => Assert.IsType<RenderFragment>(seen[name]));
    }

    [Fact]
    public void A_function_that_makes_a_task_is_no_value() =>
        Assert.Contains("On(", Assert.Throws<ArgumentException>(() => Component<Box>().Set("OnClick", () => Task.CompletedTask)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_string_that_is_null_is_nothing()
    {
        const string? None = null;
        await using var page = ShownView.Show(() => Component<Box>().Content(None, "in"));
        await page.SettleAsync();

        Assert.Contains("\"in\"", TestPage.Body(page.Frames[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_is_handled()
    {
        var clicks = 0;
        await using var page = ShownView.Show(() => Component<Box>().On("onclick", () => { clicks++; }));
        await page.SettleAsync();

        await page.RaiseAsync("click");

        Assert.Equal(1, clicks);
    }

    [Theory]
    [InlineData("width", "1px; background: url(x)")]
    [InlineData("width", "1px} body {")]
    [InlineData("width", "1px /* ")]
    [InlineData("width", "\\3b color: red")]
    [InlineData("width: 1px; color", "red")]
    [InlineData("", "red")]
    public void A_style_that_could_set_another_property_is_refused(string property, string value) =>
        Assert.ThrowsAny<ArgumentException>(() => Component<Box>().Style(property, value));

    [Theory]
    [InlineData("onclick", "On(")]
    [InlineData("style", "Style(")]
    [InlineData("class", "Class(")]
    public void An_attribute_that_has_a_setting_of_its_own_names_it(string name, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => Component<Box>().Attribute(name, "x")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task If_makes_what_it_shows_anew_only_when_it_turns()
    {
        var count = new State<int>(0);
        var (thenMade, ended) = (0, 0);
        await using var page = ShownView.Show(() => If(
            () => count.Value < 10,
            () =>
            {
                thenMade++;
                OnDispose(() => ended++);
                return "few";
            },
            () => "many"));
        await page.SettleAsync();
        var first = page.Frames.Count;

        count.Value = 5;
        await page.SettleAsync();
        var (made, endedBefore, frames) = (thenMade, ended, page.Frames.Count);
        count.Value = 10;
        var frame = await page.NextAsync(frames);

        Assert.Contains("\"many\"", frame, StringComparison.Ordinal);
        Assert.Equal((1, 0, first, 1, 1), (made, endedBefore, frames, thenMade, ended));
    }

    [Fact]
    public async Task An_effect_of_a_view_runs_as_long_as_the_view_is_shown()
    {
        var isShown = new State<bool>(true);
        var count = new State<int>(0);
        var seen = new List<int>();
        await using var page = ShownView.Show(() => If(() => isShown.Value, () =>
        {
            UI.Effect(() => seen.Add(count.Value));
            return "shown";
        }));
        await page.SettleAsync();

        count.Value = 1;
        await page.SettleAsync();
        isShown.Value = false;
        await page.SettleAsync();
        count.Value = 2;
        await page.SettleAsync();

        Assert.Equal([0, 1], seen);
        Assert.Equal(0, ((ISource)count).Readers.Count);
    }

    [Fact]
    public void What_belongs_to_a_view_is_refused_elsewhere() =>
        Assert.Contains("makes a view", Assert.Throws<InvalidOperationException>(() => OnDispose(() => { })).Message, StringComparison.Ordinal);

    /// <summary>Keeps what it is given as it comes.</summary>
    private sealed class Recorder : ComponentBase
    {
        public override Task SetParametersAsync(ParameterView parameters)
        {
            var seen = (Dictionary<string, object?>)parameters.ToDictionary()["Seen"]!;
            foreach (var parameter in parameters)
            {
                seen[parameter.Name] = parameter.Value;
            }

            return base.SetParametersAsync(ParameterView.Empty);
        }
    }

    private sealed class Box : ComponentBase
    {
        [Parameter]
        public RenderFragment? ChildContent { get; set; }

        [Parameter(CaptureUnmatchedValues = true)]
        public IReadOnlyDictionary<string, object>? Attributes { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "div");
            builder.AddMultipleAttributes(1, Attributes);
            builder.AddContent(2, ChildContent);
            builder.CloseElement();
        }
    }
}
