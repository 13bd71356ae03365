using Microsoft.JSInterop;

namespace Oriel.Components.Widgets;

/// <summary>Calls the page's script of the widgets (js/components/src/widgets).</summary>
/// <remarks>A page that is gone, or an element that was removed meanwhile, is no error: there is nobody to show it to.</remarks>
internal static class PageFocus
{
    public static async ValueTask CallAsync(IServiceProvider services, string function, params object?[] arguments)
    {
        if (services.GetService(typeof(IJSRuntime)) is not IJSRuntime page)
        {
            return;
        }

        try
        {
            await page.InvokeVoidAsync("orielWidgets." + function, arguments);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The page went away while it was asked.
        }
    }
}
