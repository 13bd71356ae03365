namespace Gallery.EndToEnd;

public sealed class TourTests(GalleryHost host)
{
    private static readonly GalleryOptions Bridge = new() { Page = "bridge" };

    [Fact]
    public async Task A_typed_call_answers_what_is_typed()
    {
        await using var window = await host.OpenAsync(Bridge);

        await window.TypeAsync("[data-tour=call] input", "Grace");

        await window.UntilAsync("document.querySelector('[data-tour=call] .tour-answer').textContent === 'Hello, Grace!'");
    }

    [Fact]
    public async Task A_thousand_calls_are_measured()
    {
        await using var window = await host.OpenAsync(Bridge);

        await window.ClickAsync("[data-tour=call] button");

        await window.UntilAsync("document.querySelector('[data-tour=call] .tour-facts').textContent.includes('from the page to C# and back')");
    }

    [Fact]
    public async Task A_stream_runs_until_it_is_stopped()
    {
        await using var window = await host.OpenAsync(Bridge);

        await window.ClickAsync("[data-tour=stream] button");
        await window.UntilAsync("/number [0-9,]{5,}/.test(document.querySelector('[data-tour=stream] .tour-answer').textContent)");
        await window.ClickAsync("[data-tour=stream] button");

        await window.UntilAsync("document.querySelector('[data-tour=stream] .tour-facts').textContent.startsWith('Stopped after')");
    }

    [Fact]
    public async Task A_digest_tells_its_progress_and_ends()
    {
        await using var window = await host.OpenAsync(Bridge);

        await window.ClickAsync("[data-tour=progress] button");
        await window.UntilAsync("document.querySelector('[data-tour=progress] progress').value > 0");

        await window.UntilAsync("document.querySelector('[data-tour=progress] .tour-facts').textContent.startsWith('512 MiB in')");
    }

    [Fact]
    public async Task A_digest_can_be_cancelled()
    {
        await using var window = await host.OpenAsync(Bridge);

        await window.ClickAsync("[data-tour=progress] button");
        await window.UntilAsync("document.querySelector('[data-tour=progress] progress').value > 0");
        await window.ClickAsync("[data-tour=progress] button");

        await window.UntilAsync("document.querySelector('[data-tour=progress] .tour-facts').textContent.startsWith('Cancelled at')");
    }

    [Fact]
    public async Task A_picture_comes_as_bytes()
    {
        await using var window = await host.OpenAsync(Bridge);

        await window.UntilAsync("document.querySelector('.tour-picture').naturalWidth === 480");
    }

    [Fact]
    public async Task Bytes_are_read_to_their_end()
    {
        await using var window = await host.OpenAsync(Bridge);

        await window.ClickAsync("[data-tour=download] .primary");

        await window.UntilAsync("document.querySelector('[data-tour=download] .tour-facts').textContent === '256 MiB of 256 MiB'");

        // What is not shown has no inner text.
        Assert.Matches(@"^\d.* [KMG]iB/s", (await window.RunAsync("return document.querySelector('[data-tour=download]').innerText.split('\\n').find(line => line.endsWith('/s'))")).GetString());
    }

    [Fact]
    public async Task A_dropped_file_reaches_the_program_whole()
    {
        await using var window = await host.OpenAsync(Bridge);

        await window.RunAsync("""
            const transfer = new DataTransfer();
            transfer.items.add(new File(["abc"], "letters.txt"));
            document.querySelector(".tour-drop").dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
            """);

        // The digest of "abc" is in the standard itself (FIPS 180-4).
        await window.UntilAsync("document.querySelector('[data-tour=upload] .tour-facts').textContent === 'letters.txt: 3 B · SHA-256 ba7816bf8f01cfea…'");
    }

    [Fact]
    public async Task Bytes_of_the_page_are_sent_to_their_end()
    {
        await using var window = await host.OpenAsync(Bridge);

        await window.ClickAsync("[data-tour=upload] .primary");

        await window.UntilAsync("document.querySelector('[data-tour=upload] .tour-facts').textContent.startsWith('made up: 256 MiB')");
    }

    [Fact]
    public async Task What_one_window_writes_the_other_shows()
    {
        await using var first = await host.OpenAsync(Bridge);
        await using var second = await host.OpenAsync(Bridge);

        await first.TypeAsync(".tour-board", "From the first window");
        await second.UntilAsync("document.querySelector('.tour-board').value === 'From the first window'");
        await second.ClickAsync("[data-color=purple].tour-swatch");

        await first.UntilAsync("document.querySelector('.tour-board').dataset.color === 'purple'");
    }

    [Fact]
    public async Task A_page_opens_another_window_and_learns_of_its_end()
    {
        await using var window = await host.OpenAsync(Bridge);
        var before = host.Windows.ToHashSet();

        await window.ClickAsync("[data-tour=board] .primary");
        await window.UntilAsync("document.querySelector('[data-tour=board] .badge').textContent === '2 windows'");
        await using (new GalleryWindow(Assert.Single(host.Windows, opened => !before.Contains(opened))))
        {
        }

        await window.UntilAsync("document.querySelector('[data-tour=board] .badge').textContent === '1 window'");
    }

    [Fact]
    public async Task A_guest_may_do_everything_but_open_the_vault()
    {
        await using var window = await host.OpenAsync(Bridge);
        await using var guest = await host.OpenAsync(Bridge with { IsGuest = true });

        await guest.UntilAsync("document.querySelector('[data-tour=call] .tour-answer').textContent === 'Hello, Ada!'");
        await window.UntilAsync("document.querySelector('.tour-attempts [data-by=guest]')?.textContent.includes('-32003')");
        await window.ClickAsync("[data-tour=vault] button");

        await guest.UntilAsync("document.querySelector('.tour-attempts [data-by=main]')?.dataset.opened === 'true'");
    }

    [Fact]
    public async Task An_interval_is_that_of_all_windows()
    {
        await using var first = await host.OpenAsync(new GalleryOptions { Page = "monitor" });
        await using var second = await host.OpenAsync(new GalleryOptions { Page = "monitor" });

        await first.RunAsync("""
            const select = document.querySelector(".monitor-page select");
            select.value = "1000";
            select.dispatchEvent(new Event("change"));
            """);

        await second.UntilAsync("document.querySelector('.monitor-page select').value === '1000'");
    }
}
