using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using Oriel.Components.Interop;

namespace Oriel.Components.Tests;

/// <summary>The JavaScript of a page in memory: what C# calls, and what is answered.</summary>
internal static class Script
{
    /// <summary>Shows a component on a page that answers calls of JavaScript as the test tells it to.</summary>
    public static TestPage Show<T>(IReadOnlyDictionary<string, object?>? parameters = null, Action<ComponentsOptions>? configure = null)
        where T : IComponent => TestPage.Show<T>(parameters, configure, runsScripts: true);

    public static IJSRuntime JS(this TestPage page) => page.Session.Services.GetRequiredService<IJSRuntime>();

    public static PageUploads Uploads(this TestPage page) => page.Session.Services.GetRequiredService<PageUploads>();

    /// <summary>The messages of a kind, as soon as there are that many.</summary>
    public static async Task<IReadOnlyList<JsonArray>> MessagesAsync(this TestPage page, string kind, int count = 1)
    {
        List<JsonArray> found = [];
        await Soon.UntilAsync(() => (found = [.. page.Messages.Where(m => m[2]!.ToString() == kind)]).Count >= count);
        return found;
    }

    /// <summary>A call of a function, as soon as C# has made it: the last with that identifier.</summary>
    public static async Task<JsonArray> CalledAsync(this TestPage page, string identifier, int count = 1)
    {
        List<JsonArray> found = [];
        await Soon.UntilAsync(() =>
            (found = [.. page.Messages.Where(m => m[2]!.ToString() == "call" && m[4]!.ToString() == identifier)]).Count >= count);
        return found[^1];
    }

    /// <summary>Answers a call with a result.</summary>
    public static Task AnswerAsync(this TestPage page, JsonArray call, string json) => page.SendAsync("end", (long)call[3]!, true, $"[{call[3]},true,{json}]");

    /// <summary>Answers the next call of a function with a result.</summary>
    public static async Task AnswerAsync(this TestPage page, string identifier, string json) =>
        await page.AnswerAsync(await page.CalledAsync(identifier), json);
}
