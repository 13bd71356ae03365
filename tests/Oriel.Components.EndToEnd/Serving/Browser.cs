using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Oriel.Components.EndToEnd.Serving.Browser))]

namespace Oriel.Components.EndToEnd.Serving;

/// <summary>A Chromium without a screen, for all tests that want one; begun by the first.</summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly string[] s_programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"];

    private readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> _begun = new(BeginAsync);

    /// <summary>Opens a profile of its own, with nothing in it.</summary>
    public async Task<BrowserProfile> OpenAsync()
    {
        var (_, browser) = await _begun.Value;
        var context = await browser.NewContextAsync();
        context.SetDefaultTimeout((float)TimeSpan.FromSeconds(30).TotalMilliseconds);
        return new BrowserProfile(context);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_begun.IsValueCreated)
        {
            return;
        }

        // The driver ends the browser that it has begun, and then itself.
        var (driver, browser) = await _begun.Value;
        await browser.CloseAsync().WaitAsync(TimeSpan.FromSeconds(30));
        driver.Dispose();
    }

    private static async Task<(IPlaywright Driver, IBrowser Browser)> BeginAsync()
    {
        var program = Environment.GetEnvironmentVariable("ORIEL_TEST_CHROMIUM") ?? s_programs.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("There is no Chromium: install the package chromium, or name the program by ORIEL_TEST_CHROMIUM.");
        var driver = await Playwright.CreateAsync();
        var browser = await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Headless = true,
            Timeout = 60_000,

            // Chromium refuses to run as root with its sandbox, and a container may have no shared memory to speak of.
            ChromiumSandbox = Environment.UserName != "root",
            Args = ["--disable-dev-shm-usage"],
        });
        return (driver, browser);
    }
}
