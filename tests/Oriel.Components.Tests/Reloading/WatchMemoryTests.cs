using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Oriel.Components.Reloading;
using Oriel.Testing;

namespace Oriel.Components.Tests;

/// <summary>A program that is restarted, by what it leaves in its file.</summary>
public sealed class WatchMemoryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("oriel-watch-");

    private MemoryFile File => new(Path.Join(_folder.FullName, "memory.json"));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_restarted_window_has_its_route_its_size_and_what_its_component_keeps()
    {
        await using (var before = await StartAsync(out var memory))
        {
            var document = await before.ShowAsync<Kept>(new WindowOptions { Url = "todo/5?filter=done", Width = 500, Height = 400 });
            await document.ClickAsync();
            await document.ClickAsync();
            memory.Keep();
        }

        await using var after = await StartAsync(out _);
        var again = await after.ShowAsync<Kept>();

        Assert.Equal("oriel://app/todo/5?filter=done", again.Page.Address);
        Assert.Equal(new WindowSize(500, 400), after.App.Windows[0].Size);
        Assert.Contains("count 2", again.Text);
    }

    [Fact]
    public async Task Windows_of_one_component_keep_apart_and_a_reload_begins_anew()
    {
        await using (var before = await StartAsync(out var memory))
        {
            await (await before.ShowAsync<Kept>()).ClickAsync();
            await before.ShowAsync<Kept>(new WindowOptions { Url = "second" });
            memory.Keep();
        }

        await using var after = await StartAsync(out _);
        var first = await after.ShowAsync<Kept>();
        var second = await after.ShowAsync<Kept>();

        Assert.Contains("count 1", first.Text);
        Assert.Equal("oriel://app/second", second.Page.Address);
        Assert.Contains("count 0", second.Text);
        Assert.Contains("count 0", (await WindowDocument.OpenAsync(await first.Page.ReloadAsync())).Text);
    }

    [Fact]
    public async Task States_of_the_application_come_back()
    {
        await using (var before = await StartAsync(out var memory))
        {
            before.App.State("count", 1, PlainJson.Default.Int32).Set(7);
            memory.Keep();
        }

        await using var after = await StartAsync(out _);

        Assert.Equal(7, after.App.State("count", 1, PlainJson.Default.Int32).Value);
    }

    [Fact]
    public async Task A_state_whose_type_has_changed_begins_anew()
    {
        await using (var before = await StartAsync(out var memory))
        {
            before.App.State("count", "one", PlainJson.Default.String).Set("two");
            memory.Keep();
        }

        await using var after = await StartAsync(out _);

        Assert.Equal(1, after.App.State("count", 1, PlainJson.Default.Int32).Value);
    }

    [Fact]
    public void What_was_kept_is_the_users_own_and_read_once()
    {
        File.Keep(new AppMemory());

        Assert.True(OperatingSystem.IsWindows() || System.IO.File.GetUnixFileMode(File.Path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.NotNull(File.Take());
        Assert.Null(File.Take());
        Assert.Empty(_folder.GetFiles());
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"Windows":null}""")]
    [InlineData("""{"Windows":{"a":null}}""")]
    [InlineData("""{"Windows":{"a":{"Route":null}}}""")]
    [InlineData("""{"Windows":{"a":{"Components":{"b":"not base64!"}}}}""")]
    [InlineData("""{"States":null}""")]
    public void Garbage_is_no_memory(string text)
    {
        System.IO.File.WriteAllText(File.Path, text);

        Assert.Null(File.Take());
    }

    [Fact]
    public void A_file_that_is_too_large_is_not_read()
    {
        using (var file = System.IO.File.Create(File.Path))
        {
            file.SetLength(MemoryFile.MaxBytes + 1);
        }

        Assert.Null(File.Take());
    }

    [Theory]
    [InlineData("https://example.org/", 500, "oriel://app/")]
    [InlineData("//example.org/", 500, "oriel://app/")]
    [InlineData("javascript:alert(1)", -5, "oriel://app/")]
    public async Task A_memory_leads_nowhere_outside(string route, int width, string address)
    {
        File.Keep(new AppMemory { Windows = new Dictionary<string, WindowMemory> { [$"{typeof(Kept).FullName}#0"] = new() { Route = route, Width = width, Height = 100_000 } } });
        await using var host = await StartAsync(out _);

        var document = await host.ShowAsync<Kept>();

        Assert.Equal(address, document.Page.Address);
        Assert.Equal(width > 0 ? width : new WindowOptions().Width, host.App.Windows[0].Size.Width);
        Assert.Equal(new WindowOptions().Height, host.App.Windows[0].Size.Height);
    }

    [Theory]
    [InlineData("wwwroot/css/app.css", "styles")]
    [InlineData("wwwroot/App.styles.css", "styles")]
    [InlineData("wwwroot/lib.js", "reload")]
    public async Task A_changed_file_is_shown_in_place(string path, string message)
    {
        await using var host = await ComponentHost.StartAsync();
        var document = await host.ShowAsync<Counter>();

        ContentUpdate.UpdateContent("App", isApplicationProject: true, path, []);

        await Soon.UntilAsync(() => document.Messages.Any(sent => sent[2]!.GetValueKind() == JsonValueKind.String && (string?)sent[2] == message));
    }

    private Task<AppHost> StartAsync(out WatchMemory memory)
    {
        var kept = memory = new WatchMemory(File, keepsAtEnd: false);
        return ComponentHost.StartAsync(setup: app => WatchMemory.Give(app, kept));
    }

    private sealed class Kept : ComponentBase
    {
        [PersistentState]
        public int Count { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "button");
            builder.AddAttribute(1, "onclick", EventCallback.Factory.Create(this, () => Count++));
            builder.AddContent(2, $"count {Count}");
            builder.CloseElement();
        }
    }
}
