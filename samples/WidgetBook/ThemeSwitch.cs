using Microsoft.JSInterop;

namespace WidgetBook;

/// <summary>Goes from the system's colours to light ones, to dark ones, and back.</summary>
public sealed class ThemeSwitch(IJSRuntime page)
{
    private static readonly string[] s_names = ["System", "Light", "Dark"];

    private int _chosen;

    /// <summary>What is shown now.</summary>
    public string Name => s_names[_chosen];

    /// <summary>Shows the next one.</summary>
    public async Task NextAsync()
    {
        _chosen = (_chosen + 1) % s_names.Length;
        if (_chosen == 0)
        {
            await page.InvokeVoidAsync("document.documentElement.removeAttribute", "data-theme");
        }
        else
        {
            await page.InvokeVoidAsync("document.documentElement.setAttribute", "data-theme", Name.ToLowerInvariant());
        }
    }
}
