using System.Text.Json;
using Microsoft.Playwright;
using Oriel.Components.EndToEnd.Serving;
using Radzen;
using RadzenSample;
using ComponentPage = Oriel.Components.EndToEnd.ComponentPage;
using ServedProgram = Oriel.Components.EndToEnd.Serving.ServedProgram;

namespace Oriel.Radzen.EndToEnd.Serving;

/// <summary>The sample served to a browser.</summary>
public sealed class RadzenBrowser(Browser browser) : ILibraryPage, IAsyncLifetime
{
    private ServedProgram _program = null!;
    private BrowserProfile _profile = null!;
    private IPage _page = null!;

    public string Name => "browser";

    public async ValueTask InitializeAsync()
    {
        _program = await ServedProgram.StartAsync<App>(configure: static builder =>
        {
            builder.AddComponents(static options =>
            {
                LibraryPage.Configure(options);
                options.ApplicationName = "Oriel.Radzen.EndToEnd";
            });
            builder.Services.AddRadzenComponents();
        });
        _profile = await browser.OpenAsync();
        _page = await _profile.OpenAsync(_program.Address);
        await _page.SetViewportSizeAsync(1100, 780);
        await RunAsync(Complaints.Watch);
    }

    public async Task<JsonElement> RunAsync(string script) =>
        JsonDocument.Parse(await _page.EvaluateAsync<string>($"async () => JSON.stringify((await (async () => {{ {script} }})()) ?? null)").WaitAsync(ComponentPage.Patience)).RootElement;

    public async Task UntilAsync(string expression)
    {
        try
        {
            await RunAsync($$"""
                const deadline = Date.now() + {{(long)ComponentPage.Patience.TotalMilliseconds - 5_000}};
                while (Date.now() < deadline) {
                  try { if ({{expression}}) return; } catch { /* What it looks at is not there yet. */ }
                  await new Promise(requestAnimationFrame);
                }
                throw new Error("in vain");
                """);
        }
        catch (PlaywrightException)
        {
            Assert.Fail($"The page did not come to: {expression}. It shows: {await RunAsync("return document.body.innerText")}");
        }
    }

    public Task MouseAsync(int x, int y) => _page.Mouse.ClickAsync(x, y);

    public Task TypeAsync(string text) => _page.Keyboard.TypeAsync(text);

    public async Task<byte[]> PictureAsync(string name)
    {
        var picture = await _page.ScreenshotAsync();
        if (Environment.GetEnvironmentVariable("ORIEL_TEST_PICTURES") is { Length: > 0 } folder)
        {
            await File.WriteAllBytesAsync(Path.Join(folder, $"{name}.png"), picture, TestContext.Current.CancellationToken);
        }

        return picture;
    }

    public async Task<IReadOnlyList<string>> ComplaintsAsync() => Complaints.Of(await RunAsync(Complaints.Take));

    public async ValueTask DisposeAsync()
    {
        await _profile.DisposeAsync();
        await _program.DisposeAsync();
    }
}
