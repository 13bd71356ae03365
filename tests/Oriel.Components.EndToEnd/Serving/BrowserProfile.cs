using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Oriel.Components.EndToEnd.Serving;

/// <summary>A profile of the browser: what one person has.</summary>
public sealed class BrowserProfile(IBrowserContext context) : IAsyncDisposable
{
    /// <summary>What the pages complained about: exceptions of their scripts, and what is an error in the browser's console.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    /// <summary>Opens an address.</summary>
    public async Task<IPage> OpenAsync(Uri address)
    {
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => Errors.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                Errors.Enqueue($"{message.Text} ({message.Location})");
            }
        };
        await page.GotoAsync(address.AbsoluteUri);
        return page;
    }

    public async ValueTask DisposeAsync() => await context.CloseAsync();
}
