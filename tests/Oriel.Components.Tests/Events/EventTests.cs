using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace Oriel.Components.Tests;

public sealed class EventTests
{
    [Fact]
    public async Task A_mouse_event() => Assert.Equal(
        (2L, 10.5, true, "click"),
        await RaiseAsync<MouseEventArgs, (long, double, bool, string)>(
            "click", """{"detail":2,"clientX":10.5,"ctrlKey":true,"type":"click"}""", e => (e.Detail, e.ClientX, e.CtrlKey, e.Type)));

    [Fact]
    public async Task A_key() => Assert.Equal(
        ("ä", "Quote", true, true),
        await RaiseAsync<KeyboardEventArgs, (string, string, bool, bool)>(
            "keydown", """{"key":"ä","code":"Quote","location":0,"repeat":true,"isComposing":true}""", e => (e.Key, e.Code, e.Repeat, e.IsComposing)));

    [Fact]
    public async Task A_focus() =>
        Assert.Equal("focusin", await RaiseAsync<FocusEventArgs, string?>("focusin", """{"type":"focusin"}""", e => e.Type));

    [Fact]
    public async Task A_pointer() => Assert.Equal(
        (7L, 0.5f, "pen"),
        await RaiseAsync<PointerEventArgs, (long, float, string)>(
            "pointerdown", """{"pointerId":7,"pressure":0.5,"pointerType":"pen","isPrimary":true}""", e => (e.PointerId, e.Pressure, e.PointerType)));

    [Fact]
    public async Task A_wheel() =>
        Assert.Equal((-3.5, 1L), await RaiseAsync<WheelEventArgs, (double, long)>("wheel", """{"deltaY":-3.5,"deltaMode":1}""", e => (e.DeltaY, e.DeltaMode)));

    [Fact]
    public async Task A_touch() => Assert.Equal(
        [4, 5],
        await RaiseAsync<TouchEventArgs, IEnumerable<long>>(
            "touchstart", """{"touches":[{"identifier":4},{"identifier":5}],"targetTouches":[],"changedTouches":[]}""", e => e.Touches.Select(t => t.Identifier)));

    [Fact]
    public async Task A_drag() => Assert.Equal(
        "text/plain",
        await RaiseAsync<DragEventArgs, string>(
            "drop", """{"dataTransfer":{"dropEffect":"move","files":[],"items":[{"kind":"string","type":"text/plain"}],"types":[]}}""",
            e => e.DataTransfer.Items.Single().Type!));

    [Fact]
    public async Task A_paste() => Assert.Equal("paste", await RaiseAsync<ClipboardEventArgs, string>("paste", """{"type":"paste"}""", e => e.Type));

    [Fact]
    public async Task Progress() =>
        Assert.Equal((5L, true), await RaiseAsync<ProgressEventArgs, (long, bool)>("progress", """{"loaded":5,"total":9,"lengthComputable":true}""", e => (e.Loaded, e.LengthComputable)));

    [Fact]
    public async Task An_error() =>
        Assert.Equal(("No image", 3), await RaiseAsync<Microsoft.AspNetCore.Components.Web.ErrorEventArgs, (string?, int)>("error", """{"message":"No image","lineno":3}""", e => (e.Message, e.Lineno)));

    [Theory]
    [InlineData("""{"value":"text"}""", "text")]
    [InlineData("""{"value":true}""", true)]
    [InlineData("""{"value":false}""", false)]
    [InlineData("""{"value":12.50}""", "12.50")]
    [InlineData("""{"value":null}""", null)]
    [InlineData("{}", null)]
    public async Task A_change(string json, object? value) => Assert.Equal(value, await RaiseAsync<ChangeEventArgs, object?>("change", json, e => e.Value));

    [Fact]
    public async Task A_selection_of_several() =>
        Assert.Equal<string>(["a", "b"], await RaiseAsync<ChangeEventArgs, string[]>("change", """{"value":["a","b"]}""", e => (string[])e.Value!));

    [Fact]
    public async Task An_event_of_a_kind_that_the_application_has_made() => Assert.Equal(
        ("pasted", 2),
        await RaiseAsync<CustomEventArgs, (string?, int)>("custompaste", """{"text":"pasted","lines":[1,2]}""", e => (e.Text, e.Lines.Count)));

    [Fact]
    public async Task A_handler_that_takes_any_event_gets_what_the_event_carries() =>
        Assert.Equal(3, await RaiseAsync<EventArgs, long>("click", """{"detail":3}""", e => ((MouseEventArgs)e).Detail));

    [Fact]
    public async Task A_handler_of_mouse_events_gets_all_that_a_pointer_tells() =>
        Assert.Equal("pen", await RaiseAsync<MouseEventArgs, string>("pointermove", """{"pointerType":"pen"}""", e => ((PointerEventArgs)e).PointerType));

    [Fact]
    public async Task A_paste_of_ten_megabytes_arrives() =>
        Assert.Equal(10_000_000, await RaiseAsync<ChangeEventArgs, int>(
            "input", JsonSerializer.Serialize(new { value = new string('x', 10_000_000) }), e => ((string)e.Value!).Length));

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"detail":"text"}""")]
    [InlineData("""{"clientX":{}}""")]
    public async Task Arguments_that_are_no_mouse_event_end_the_session(string json)
    {
        await using var page = Show<MouseEventArgs>("click", _ => Assert.Fail("It was handled."));

        await page.RaiseAsync("click", JsonElement.Parse(json));

        await page.Session.Ended.InTime();
        Assert.Contains("MouseEventArgs", page.Error!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"value":{}}""")]
    [InlineData("""{"value":[1]}""")]
    [InlineData("""{"value":[["a"]]}""")]
    public async Task A_value_that_no_element_has_ends_the_session(string json)
    {
        await using var page = Show<ChangeEventArgs>("change", _ => Assert.Fail("It was handled."));

        await page.RaiseAsync("change", JsonElement.Parse(json));

        await page.Session.Ended.InTime();
    }

    [Theory]
    [InlineData("""[0]""")]
    [InlineData("""["0","a"]""")]
    [InlineData("""[0,7]""")]
    [InlineData("""{}""")]
    public async Task A_field_that_is_none_ends_the_session(string json)
    {
        await using var page = Show<MouseEventArgs>("click", _ => Assert.Fail("It was handled."));

        await page.RaiseAsync("click", field: JsonElement.Parse(json));

        await page.Session.Ended.InTime();
    }

    [Fact]
    public async Task Events_of_handlers_that_the_page_does_not_have_are_ignored()
    {
        await using var page = TestPage.Show<Counter>();
        var handler = page.Handler("click");

        await page.SendAsync("event", handler + 1, "click", null, new { });
        await page.SendAsync("event", ulong.MaxValue, "click", null, new { });
        await page.SendAsync("event", handler, "keydown", null, new { key = "a" });
        await page.SendAsync("event", handler, "CLICK", null, new { });

        Assert.Single(page.Frames);
        Assert.False(page.Session.IsEnding);
        Assert.Contains(page.Log.Lines, l => l.Contains("(4 so far)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_event_for_a_handler_that_is_being_replaced_is_handled_until_the_page_knows()
    {
        await using var page = TestPage.Show<Closure>();
        var handler = page.Handler("click");
        await page.SendAsync("ack");
        var shown = page.Last;

        // The second click was made before the frame of the first had come.
        await page.SendRawAsync($"""[2,{shown},"event",{handler},"click",null,{"{}"}]""");
        await page.SendRawAsync($"""[3,{shown},"event",{handler},"click",null,{"{}"}]""");
        Assert.Equal(2, page.Root<Closure>().Clicks);

        await page.SendRawAsync($"""[4,{page.Last},"ack"]""");
        await page.SendRawAsync($"""[5,{page.Last},"event",{handler},"click",null,{"{}"}]""");
        Assert.Equal(2, page.Root<Closure>().Clicks);
    }

    [Fact]
    public async Task A_value_that_the_component_does_not_want_is_taken_back()
    {
        await using var page = TestPage.Show<Stubborn>();

        await page.RaiseAsync("input", new { value = "typed" }, new object[] { 0, "typed" });

        Assert.Equal("""0,0,3,0,1,"old" """.Trim(), TestPage.Body(page.Frames[1]));
    }

    private static async Task<TResult> RaiseAsync<TArgs, TResult>(string name, string json, Func<TArgs, TResult> read)
        where TArgs : EventArgs
    {
        var handled = new TaskCompletionSource<TResult>();
        await using var page = Show<TArgs>(name, e => handled.SetResult(read(e)));

        await page.RaiseAsync(name, JsonElement.Parse(json));

        Assert.True(handled.Task.IsCompletedSuccessfully, page.Error ?? "The event was not handled.");
        return await handled.Task;
    }

    private static TestPage Show<TArgs>(string name, Action<TArgs> handle)
        where TArgs : EventArgs =>
        TestPage.Show<Listener<TArgs>>(new Dictionary<string, object?> { ["Name"] = name, ["Handle"] = handle });

    private sealed class CustomEventArgs : EventArgs
    {
        public string? Text { get; set; }

        public List<int> Lines { get; set; } = [];
    }

    private sealed class Listener<TArgs> : ComponentBase
        where TArgs : EventArgs
    {
        [Parameter]
        public required string Name { get; set; }

        [Parameter]
        public required Action<TArgs> Handle { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "div");
            builder.AddAttribute(1, "on" + Name, EventCallback.Factory.Create(this, Handle));
            builder.CloseElement();
        }
    }

    /// <summary>Has another handler after each render.</summary>
    private sealed class Closure : ComponentBase
    {
        public int Clicks { get; private set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            var step = Clicks * 0;
            builder.OpenElement(0, "button");
            builder.AddAttribute(1, "onclick", EventCallback.Factory.Create<MouseEventArgs>(this, () => Clicks += step + 1));
            builder.CloseElement();
        }
    }

    private sealed class Stubborn : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "input");
            builder.AddAttribute(1, "value", "old");
            builder.AddAttribute(2, "oninput", EventCallback.Factory.Create<ChangeEventArgs>(this, static () => { }));
            builder.SetUpdatesAttributeName("value");
            builder.CloseElement();
        }
    }
}
