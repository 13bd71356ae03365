using Oriel.Components.EndToEnd.Windows;

namespace Oriel.Components.EndToEnd;

public sealed class PageTests(ComponentsHost host)
{
    [Fact]
    public async Task What_is_typed_is_kept_while_the_page_changes_around_it()
    {
        const string Text = "the quick brown fox jumps over the lazy dog";
        await using var page = await host.OpenAsync<Typing>("#text");
        await page.UntilAsync("Number(document.querySelector('#ticks').textContent) > 20");

        await page.MouseAsync("#text");
        await page.UntilAsync("document.activeElement?.id === 'text'");
        await ComponentPage.ToolAsync("type", "--delay", "3", Text);
        await page.ShowsAsync("#echo", Text);
        await ComponentPage.ToolAsync("key", "Home");
        await ComponentPage.ToolAsync("type", "--delay", "3", "see ");

        await page.ShowsAsync("#echo", $"see {Text}");
        await page.UntilAsync($"document.querySelector('#text').value === {ComponentPage.Quote($"see {Text}")} && document.querySelector('#text').selectionStart === 4");
    }

    [Fact]
    public async Task What_a_library_has_moved_to_the_body_still_changes_and_goes()
    {
        await using var page = await host.OpenAsync<Popup>("#popup");
        await page.RunAsync("document.body.append(document.querySelector('#popup'))");

        await page.ClickAsync("button");
        await page.ShowsAsync("#popup b", "1");
        await page.ClickAsync("#popup i");
        await page.ShowsAsync("#popup b", "11");
        await page.ClickAsync("#close");

        await page.UntilAsync("document.querySelector('#popup') === null");
    }

    [Fact]
    public async Task A_component_calls_the_script_that_belongs_to_it()
    {
        await using var page = await host.OpenAsync<Module>("#answer");

        await page.ShowsAsync("#answer", "42");
    }

    [Fact]
    public async Task Files_arrive_byte_by_byte()
    {
        await using var page = await host.OpenAsync<Files>("#files");

        await page.RunAsync("""
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(3_000_000).fill(7)], "large.bin"));
            data.items.add(new File(["a"], "small.txt"));
            const input = document.querySelector("#files");
            input.files = data.files;
            input.dispatchEvent(new Event("change", { bubbles: true }));
            """);

        await page.ShowsAsync("#read", "large.bin: 3000000 of 3000000, 21000000; small.txt: 1 of 1, 97");
    }

    [Fact]
    public async Task An_exception_that_nothing_handles_is_told_in_the_window_which_then_begins_anew()
    {
        await using var page = await host.OpenAsync<Broken>("button");

        await page.ClickAsync("button");
        await page.ShowsAsync("oriel-error");
        page.Window.Reload();

        await page.UntilAsync("document.querySelector('oriel-error') === null && document.querySelector('button') !== null");
    }
}
