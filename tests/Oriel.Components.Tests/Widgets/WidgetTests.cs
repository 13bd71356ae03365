using Microsoft.AspNetCore.Components;
using Oriel.Components.Widgets;
using static Oriel.Components.UI;

namespace Oriel.Components.Tests.Widgets;

public sealed class WidgetTests
{
    public static TheoryData<string> Names => [.. WidgetList.All.Select(static entry => entry.Widget.Name)];

    [Fact]
    public void Every_widget_is_in_the_list()
    {
        var widgets = typeof(Widget).Assembly.GetExportedTypes().Where(static type => type.IsSubclassOf(typeof(Widget)) && !type.IsAbstract).Select(static type => type.Name);

        Assert.Equal(widgets.Order(StringComparer.Ordinal), WidgetList.All.Select(static entry => entry.Widget.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_widget_is_the_element_it_says(string name)
    {
        var (_, make, selector) = Find(name);

        var body = await Rendered.ViewAsync(make());

        Assert.True(body.QuerySelector(selector) is not null, $"There is no {selector} in {body.InnerHtml}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Text_stays_text(string name)
    {
        var body = await Rendered.ViewAsync(Find(name).Make());

        Assert.Empty(body.QuerySelectorAll("script, svg, img[onerror], [onload], [onerror]"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Ids_are_given_once_and_those_referred_to_are_there(string name)
    {
        var body = await Rendered.ViewAsync(HStack(Find(name).Make(), Find(name).Make()));

        var ids = body.QuerySelectorAll("[id]").Select(static element => element.Id!).ToList();
        Assert.Equal(ids.Distinct(), ids);
        foreach (var attribute in (string[])["aria-labelledby", "aria-describedby", "aria-controls"])
        {
            var referred = body.QuerySelectorAll($"[{attribute}]").SelectMany(element => element.GetAttribute(attribute)!.Split(' '));
            Assert.Empty(referred.Except(ids));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Attributes_that_run_scripts_are_left_out(string name)
    {
        var (widget, _, _) = Find(name);
        var type = widget.IsGenericType ? widget.MakeGenericType(widget == typeof(NumberInput<>) ? typeof(int) : typeof(string)) : widget;

        var body = await Rendered.FragmentAsync(Within(type, Hostile), isDevelopment: false);

        Assert.Empty(body.QuerySelectorAll("[onclick], [onmouseover], [srcdoc], [formaction], [style*=url], [href*=script]"));
    }

    [Theory]
    [InlineData("onfocus", "alert(1)")]
    [InlineData("ONMOUSEOVER", "alert(1)")]
    [InlineData("srcdoc", "<script>alert(1)</script>")]
    [InlineData("formaction", "javascript:alert(1)")]
    [InlineData("xlink:href", " java\tscript:alert(1)")]
    [InlineData("x onclick", "alert(1)")]
    [InlineData("style", "background: url(http://evil/)")]
    [InlineData("style", "width: expression(alert(1))")]
    [InlineData("style", "color: red} body {display: none")]
    [InlineData("style", "background: \\75rl(http://evil/)")]
    public async Task In_development_an_unsafe_attribute_throws_and_says_which(string attribute, string value)
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => Rendered.FragmentAsync(Within(typeof(Div), new Dictionary<string, object> { [attribute] = value })));

        Assert.StartsWith("Div: \"", refused.Message.Replace("the attribute ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData("\u0001 javascript:alert(1)")]
    [InlineData("java\r\nscript:alert(1)")]
    [InlineData("vbscript:msgbox(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("blob:http://app/1")]
    public async Task A_link_leads_to_no_script(string address)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Rendered.ViewAsync(Link("here", address)));
        var body = await Rendered.ViewAsync(Link("here", address), isDevelopment: false);

        Assert.False(body.QuerySelector("a")!.HasAttribute("href"));
    }

    [Theory]
    [InlineData("/a?b=javascript:c")]
    [InlineData("#javascript:x")]
    [InlineData("https://example.org/a:b")]
    [InlineData("mailto:ada@example.org")]
    [InlineData("page/data:x")]
    public async Task A_link_leads_where_it_says(string address)
    {
        var body = await Rendered.ViewAsync(Link("here", address));

        Assert.Equal(address, body.QuerySelector("a")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("data:text/html,x", false)]
    [InlineData("data: text/html,x", false)]
    [InlineData("data:image/png;base64,AAAA", true)]
    [InlineData("blob:http://app/1", true)]
    [InlineData("picture.png", true)]
    public async Task An_image_shows_images_only(string address, bool isShown)
    {
        var body = await Rendered.ViewAsync(Image(address), isDevelopment: false);

        Assert.Equal(isShown, body.QuerySelector("img")!.HasAttribute("src"));
    }

    [Fact]
    public async Task What_a_widget_is_cannot_be_replaced_by_attributes()
    {
        var body = await Rendered.FragmentAsync(Within(typeof(MenuItem), new Dictionary<string, object> { ["role"] = "none", ["type"] = "submit" }));

        Assert.NotNull(body.QuerySelector("button[role=menuitem][type=button]"));
    }

    [Fact]
    public async Task A_link_to_another_window_does_not_give_it_away()
    {
        var body = await Rendered.ViewAsync(Link("out", "https://example.org").External());

        Assert.NotNull(body.QuerySelector("a[target=_blank][rel~=noopener]"));
    }

    [Fact]
    public async Task A_field_connects_its_control_with_label_help_and_error()
    {
        var body = await Rendered.ViewAsync(Field("Name", Input()).Help("Yours").Required().Error(static () => "Missing"));

        var control = body.QuerySelector("input")!;
        Assert.Equal(control.Id, body.QuerySelector("label")!.GetAttribute("for"));
        Assert.Equal("true", control.GetAttribute("aria-required"));
        var described = control.GetAttribute("aria-describedby")!.Split(' ').Select(id => body.QuerySelector("#" + id)!.TextContent);
        Assert.Equal(["Missing", "Yours"], described);
    }

    [Fact]
    public async Task Numbers_are_written_the_same_in_every_culture()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = new System.Globalization.CultureInfo("de-DE");
            var body = await Rendered.ViewAsync(HStack(Slider(0.5, 2.5).Step(0.5).Value(1.5), NumberInput<decimal>().Value(1.25m), ProgressBar(0.5).Max(1.5)));

            Assert.NotNull(body.QuerySelector("input[type=range][min='0.5'][max='2.5'][step='0.5'][value='1.5']"));
            Assert.NotNull(body.QuerySelector("input[type=number][value='1.25']"));
            Assert.NotNull(body.QuerySelector("progress[max='1.5'][value='0.5']"));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task Options_of_one_text_are_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Rendered.ViewAsync(Select<string>(["a", "a"])));

    private static Dictionary<string, object> Hostile => new()
    {
        ["onclick"] = "alert(1)",
        ["onmouseover"] = "alert(1)",
        ["srcdoc"] = "<script>",
        ["formaction"] = "javascript:alert(1)",
        ["xlink:href"] = "javascript:alert(1)",
        ["style"] = "background: url(http://evil/)",
    };

    private static (Type Widget, Func<View> Make, string Selector) Find(string name) => WidgetList.All.Single(entry => entry.Widget.Name == name);

    // As Razor does with what a component has no parameter for. A tab stands inside tabs.
    private static RenderFragment Within(Type type, Dictionary<string, object> attributes) => builder =>
    {
        if (type == typeof(Tab))
        {
            builder.OpenComponent<Tabs>(0);
            builder.AddComponentParameter(1, nameof(Oriel.Components.Widgets.Tabs.ChildContent), (RenderFragment)(inner => Open(inner)));
            builder.CloseComponent();
        }
        else
        {
            Open(builder);
        }

        void Open(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder inner)
        {
            inner.OpenComponent(2, type);
            inner.AddMultipleAttributes(3, attributes.Where(attribute => attribute.Key != "onclick" || type.GetProperty("OnClick") is null));
            inner.CloseComponent();
        }
    };
}
