using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Oriel.Components.EndToEnd.Serving;

/// <summary>A profile of the browser: what one person has.</summary>
public sealed class BrowserProfile(IBrowserContext context) : IAsyncDisposable
{
    /// <summary>What the pages complained about: exceptions of their scripts, and what is an error in the browser's console.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    /// <summary>Opens an address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="first">Where it goes before: the address whose token lets it in.</param>
    public async Task<IPage> OpenAsync(Uri address, Uri? first = null)
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

        if (first is not null)
        {
            await page.GotoAsync(first.AbsoluteUri);
        }

        await page.GotoAsync(address.AbsoluteUri);
        return page;
    }

    public async ValueTask DisposeAsync() => await context.CloseAsync();
}
