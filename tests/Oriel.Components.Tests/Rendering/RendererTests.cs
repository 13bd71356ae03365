using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Oriel.Components.Rendering;

namespace Oriel.Components.Tests;

public sealed class RendererTests
{
    [Fact]
    public async Task Cascading_values_dynamic_components_and_error_boundaries_work()
    {
        await using var page = TestPage.Show<Everything>();
        Assert.StartsWith("Theme 1", page.Document().ToString(), StringComparison.Ordinal);
        Assert.Contains("Whole", page.Document().ToString(), StringComparison.Ordinal);

        await page.RaiseAsync("click");

        Assert.StartsWith("Theme 2", page.Document().ToString(), StringComparison.Ordinal);
        Assert.Contains("<p>It broke.</p>", page.Document().ToString(), StringComparison.Ordinal);
        Assert.Contains("An error boundary caught an exception.", page.Log.Lines);
        Assert.False(page.Session.IsEnding);
    }

    [Fact]
    public async Task A_component_with_a_render_mode_is_rendered_like_any_other()
    {
        await using var page = TestPage.Show<Interactive>();

        Assert.Equal("Oriel True", page.Document().ToString());
    }

    [Fact]
    public async Task No_more_than_two_frames_wait_for_the_page_and_the_rest_becomes_one()
    {
        await using var page = TestPage.Show<Ticking>(acknowledges: false);
        var ticking = page.Root<Ticking>();

        for (var i = 0; i < 1_000; i++)
        {
            await page.Session.Dispatcher.InvokeAsync(ticking.Tick);
        }

        Assert.Equal(2, page.Frames.Count);
        await page.AcknowledgeAsync(page.Last);
        Assert.Equal(3, page.Frames.Count);
        Assert.Equal("1000", page.Document().ToString());
    }

    [Fact]
    public async Task What_a_component_does_after_a_render_waits_until_the_page_shows_it()
    {
        await using var page = TestPage.Show<Ticking>(acknowledges: false);
        var ticking = page.Root<Ticking>();

        Assert.Equal(0, ticking.Shown);
        await page.AcknowledgeAsync(page.Last);

        Assert.Equal(1, ticking.Shown);
    }

    [Fact]
    public async Task A_render_that_changes_nothing_sends_nothing_and_is_a_render_all_the_same()
    {
        await using var page = TestPage.Show<Ticking>();
        await page.SendAsync("ack");
        var ticking = page.Root<Ticking>();

        await page.DoAsync(ticking.Refresh);

        Assert.Equal(2, ticking.Shown);
        Assert.Single(page.Frames);
    }

    [Fact]
    public async Task A_component_that_renders_itself_while_it_renders_is_stopped_and_named()
    {
        await using var page = TestPage.Show<Dizzy>();

        await page.Session.Ended.InTime();

        Assert.Contains($"{typeof(Dizzy)} was stopped", page.Error!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_component_that_renders_itself_after_each_render_is_stopped_and_named()
    {
        await using var page = TestPage.Show<Restless>();

        for (var i = 0; i < 1_100 && !page.Session.IsEnding; i++)
        {
            await page.SendAsync("ack");
        }

        await page.Session.Ended.InTime();
        Assert.Contains($"{typeof(Restless)} was stopped", page.Error!, StringComparison.Ordinal);
        Assert.Contains("OnAfterRender", page.Error!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_component_that_renders_the_same_after_each_render_is_stopped_and_named()
    {
        await using var page = TestPage.Show<Idle>();

        await page.SendAsync("ack");

        await page.Session.Ended.InTime();
        Assert.Contains($"{typeof(Idle)} was stopped", page.Error!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_component_that_writes_what_it_reads_is_stopped_below_its_error_boundary()
    {
        await using var page = TestPage.Show<Guarded>();

        for (var i = 0; i < 1_100 && !page.Session.IsEnding && !Caught(); i++)
        {
            await page.SendAsync("ack");
        }

        Assert.Null(page.Error);
        Assert.True(Caught());

        bool Caught() => page.Frames[^1].ToJsonString().Contains("caught", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_component_may_change_as_often_as_it_likes()
    {
        await using var page = TestPage.Show<Ticking>();
        var ticking = page.Root<Ticking>();

        for (var i = 0; i < 2_500; i++)
        {
            await page.DoAsync(ticking.Tick);
        }

        Assert.False(page.Session.IsEnding);
        Assert.Equal("2500", page.Document().ToString());
    }

    [Fact]
    public async Task The_activator_of_the_application_makes_the_components()
    {
        var activator = new Activator();
        await using var page = TestPage.Show<Ticking>(services: s => s.AddSingleton<IComponentActivator>(activator));

        Assert.Equal([typeof(Ticking)], activator.Made);
    }

    [Fact]
    public async Task A_component_gets_services_in_its_constructor()
    {
        await using var page = TestPage.Show<Constructed>(services: s => s.AddSingleton("from the services"));

        Assert.Equal("from the services", page.Document().ToString());
    }

    [Fact]
    public async Task Components_render_where_the_framework_has_no_field_to_track_them_and_the_log_says_so_once()
    {
        await using var page = TestPage.Show<Parent>(services: s => s.AddSingleton(
            all => new RenderTracking(all.GetRequiredService<ILogger<RenderTracking>>(), static (_) => throw new MissingFieldException("_renderFragment"))));

        await page.RaiseAsync("click");

        Assert.Equal(2, page.Frames.Count);
        Assert.Single(page.Log.Lines, l => l.StartsWith("Components do not render when a State changes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_exception_of_a_first_render_ends_the_session()
    {
        await using var page = TestPage.Show<Broken>();

        await page.Session.Ended.InTime();

        Assert.Equal("Not today.", page.Error);
    }

    [Fact]
    public async Task An_exception_of_an_asynchronous_start_ends_the_session()
    {
        await using var page = TestPage.Show<LateBroken>();

        await page.Session.Ended.InTime();

        Assert.Equal("Not tomorrow.", page.Error);
    }

    private sealed class Ticking : ComponentBase
    {
        private int _ticks;

        public int Shown { get; private set; }

        public void Tick()
        {
            _ticks++;
            StateHasChanged();
        }

        public void Refresh() => StateHasChanged();

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, _ticks);

        protected override void OnAfterRender(bool firstRender) => Shown++;
    }

    private sealed class Dizzy : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) => StateHasChanged();
    }

    private sealed class Restless : ComponentBase
    {
        private int _renders;

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, _renders++);

        protected override void OnAfterRender(bool firstRender) => StateHasChanged();
    }

    private sealed class Idle : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, "idle");

        protected override void OnAfterRender(bool firstRender) => StateHasChanged();
    }

    private sealed class Feedback : ComponentBase
    {
        private readonly State<int> _count = new(0);

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.AddContent(0, _count.Value);
            _count.Value++;
        }
    }

    private sealed class Guarded : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<ErrorBoundary>(0);
            builder.AddAttribute(1, nameof(ErrorBoundary.ChildContent), (RenderFragment)(static inner =>
            {
                inner.OpenComponent<Feedback>(0);
                inner.CloseComponent();
            }));
            builder.AddAttribute(2, nameof(ErrorBoundary.ErrorContent), (RenderFragment<Exception>)(static exception => inner => inner.AddContent(0, $"caught: {exception.Message}")));
            builder.CloseComponent();
        }
    }

    private sealed class Broken : ComponentBase
    {
        protected override void OnInitialized() => throw new InvalidOperationException("Not today.");
    }

    private sealed class LateBroken : ComponentBase
    {
        protected override async Task OnInitializedAsync()
        {
            await Task.Yield();
            throw new InvalidOperationException("Not tomorrow.");
        }
    }

    private sealed class Constructed(string text) : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, text);
    }

    private sealed class AnywhereAttribute : RenderModeAttribute
    {
        public override IComponentRenderMode Mode => RenderMode.InteractiveServer;
    }

    [Anywhere]
    private sealed class Interactive : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) =>
            builder.AddContent(0, $"{RendererInfo.Name} {RendererInfo.IsInteractive}");
    }

    private sealed class Activator : IComponentActivator
    {
        public List<Type> Made { get; } = [];

        public IComponent CreateInstance(Type componentType)
        {
            Made.Add(componentType);
            return (IComponent)System.Activator.CreateInstance(componentType)!;
        }
    }
}
