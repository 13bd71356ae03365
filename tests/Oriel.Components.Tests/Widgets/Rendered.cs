using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.Web.HtmlRendering;
using Microsoft.Extensions.DependencyInjection;

namespace Oriel.Components.Tests.Widgets;

/// <summary>What widgets write at first: rendered as HTML, and read as a browser reads it.</summary>
internal static class Rendered
{
    public static Task<IElement> ViewAsync(View view, bool isDevelopment = true) => FragmentAsync(view, isDevelopment);

    public static async Task<IElement> FragmentAsync(RenderFragment fragment, bool isDevelopment = true)
    {
        var services = new ServiceCollection();
        services.AddOrielComponents(options => options.IsDevelopment = isDevelopment);
        services.AddSingleton<NavigationManager, FixedAddress>();
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<Microsoft.Extensions.Logging.ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            HtmlRootComponent root = await renderer.RenderComponentAsync<FragmentHost>(ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(FragmentHost.Content)] = fragment }));
            return root.ToHtmlString();
        });
        return new HtmlParser().ParseDocument($"<!DOCTYPE html><body>{html}</body>").Body!;
    }

    private sealed class FragmentHost : ComponentBase
    {
        [Parameter]
        public RenderFragment? Content { get; set; }

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder) => builder.AddContent(0, Content);
    }

    private sealed class FixedAddress : NavigationManager
    {
        public FixedAddress() => Initialize("http://app/", "http://app/files");
    }
}
