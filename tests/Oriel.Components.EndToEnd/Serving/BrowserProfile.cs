using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Oriel.Components.EndToEnd.Serving;

/// <summary>A profile of the browser: what one person has.</summary>
public sealed class BrowserProfile(IBrowserContext context) : IAsyncDisposable
{
    /// <summary>What the pages' scripts complained about.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    /// <summary>Opens an address.</summary>
    public async Task<IPage> OpenAsync(Uri address)
    {
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => Errors.Enqueue(error);
        await page.GotoAsync(address.AbsoluteUri);
        return page;
    }

    public async ValueTask DisposeAsync() => await context.CloseAsync();
}
