using System.Text.Json;
using Oriel;
using Oriel.Engines;

namespace Todo.EndToEnd;

public sealed class ReactTests(TodoHost host)
{
    private SharedState<TodoList> Todos => host.App.Todos;

    [Fact]
    public async Task What_C_writes_appears_in_the_page()
    {
        Write("milk", "tea");
        await using var window = await host.OpenAsync();
        await window.ShowsAsync("milk", "tea");

        Todos.Update(static list => new TodoList([list.Items[0] with { IsDone = true }, .. list.Items.Skip(1), new TodoItem("new", "bread", false)]));

        await window.ShowsAsync("milk", "tea", "bread");
        await window.UntilAsync($"{TodoWindow.Box("milk")}.checked && document.querySelector('#left').textContent === '2 left'");
    }

    [Fact]
    public async Task Clicks_and_what_is_typed_reach_C_and_the_file()
    {
        Write("milk", "tea");
        await using var window = await host.OpenAsync();
        await window.ShowsAsync("milk", "tea");

        await window.ClickAsync(TodoWindow.Box("tea"));
        await window.TypeAsync("#text", "bread");
        await window.ClickAsync("document.querySelector('form button')");
        await window.ClickAsync("document.querySelector('[aria-label=\"Remove milk\"]')");
        await window.ShowsAsync("tea", "bread");

        await UntilAsync(() => Todos.Value.Items is [{ Text: "tea", IsDone: true }, { Text: "bread", IsDone: false }], "the list in C#");
        await UntilAsync(() => JsonSerializer.Deserialize(File.ReadAllBytes(host.DataFile), TodoFile.Json)!.Items is [{ Text: "tea" }, { Text: "bread" }], "the list in the file");
    }

    [Fact]
    public async Task The_second_window_follows_the_first_and_both_know_of_each_other()
    {
        Write("milk");
        await using var first = await host.OpenAsync();
        await first.UntilAsync("document.querySelector('#windows').textContent === 'in one window'");

        await first.ClickAsync("document.querySelector('#open')");
        await UntilAsync(() => host.Windows.Count == 2, "the second window");
        await using var second = new TodoWindow(host.Windows[1]);
        await second.LoadedAsync();
        await first.UntilAsync("document.querySelector('#windows').textContent === 'in 2 windows'");

        await second.ShowsAsync("milk");
        await first.ClickAsync(TodoWindow.Box("milk"));
        await second.UntilAsync($"{TodoWindow.Box("milk")}.checked");
        await second.TypeAsync("#text", "of the second");
        await second.ClickAsync("document.querySelector('form button')");
        await first.ShowsAsync("milk", "of the second");

        await second.DisposeAsync();
        await first.UntilAsync("document.querySelector('#windows').textContent === 'in one window'");
    }

    [Fact]
    public async Task Clicks_in_both_windows_at_once_are_all_counted()
    {
        Write();
        await using var first = await host.OpenAsync();
        await using var second = await host.OpenAsync();
        const string Add = """
            const field = document.querySelector("#text");
            for (let i = 0; i < 20; i++) {
              Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, `item ${i}`);
              field.dispatchEvent(new Event("input", { bubbles: true }));
              await new Promise(requestAnimationFrame);
              document.querySelector("form button").click();
              await new Promise(requestAnimationFrame);
            }
            """;

        await Task.WhenAll(first.RunAsync(Add), second.RunAsync(Add));

        await first.UntilAsync("document.querySelectorAll('#todos li').length === 40");
        await second.UntilAsync("document.querySelectorAll('#todos li').length === 40");
        Assert.Equal(40, Todos.Value.Items.Count);
    }

    [Fact]
    public async Task A_page_that_is_loaded_again_has_the_present_list()
    {
        Write("milk");
        await using var window = await host.OpenAsync();
        await window.ShowsAsync("milk");
        await window.RunAsync("globalThis.isOld = true");

        window.Window.Reload();
        Todos.Update(static list => new TodoList([.. list.Items, new TodoItem("new", "meanwhile", false)]));
        await UntilFreshAsync(window);

        await window.ShowsAsync("milk", "meanwhile");
        await window.ClickAsync(TodoWindow.Box("meanwhile"));
        await UntilAsync(() => Todos.Value.Items is [_, { IsDone: true }], "the click after the load");
    }

    [Fact]
    public async Task A_command_removes_what_is_done()
    {
        Todos.Set(new TodoList([new TodoItem("1", "milk", true), new TodoItem("2", "tea", false)]));
        await using var window = await host.OpenAsync();
        await window.ShowsAsync("milk", "tea");

        await window.ClickAsync("document.querySelector('#clear')");

        await window.ShowsAsync("tea");
        await window.UntilAsync("document.querySelector('#message').textContent === '1 removed.'");
    }

    [Fact]
    public async Task Files_are_found_as_a_stream_and_added()
    {
        Write();
        for (var i = 0; i < 150; i++)
        {
            await File.WriteAllTextAsync(Path.Join(host.Files, $"report {i:000}.txt"), "text", TestContext.Current.CancellationToken);
        }

        await File.WriteAllTextAsync(Path.Join(host.Files, "notes.md"), "12345", TestContext.Current.CancellationToken);
        await using var window = await host.OpenAsync();

        await window.TypeAsync("#search", "REPORT");
        await window.UntilAsync("document.querySelector('#found').textContent === 'The first 100 files.' && document.querySelectorAll('#files li').length === 100");
        await window.TypeAsync("#search", "notes");
        await window.UntilAsync("document.querySelector('#found').textContent === '1 file.' && document.querySelector('#files small').textContent === '5 bytes'");
        await window.ClickAsync("document.querySelector('#files button')");

        await window.ShowsAsync("Read notes.md");
        await UntilAsync(() => Todos.Value.Items is [{ Text: "Read notes.md" }], "the item in C#");
    }

    [Fact]
    public async Task A_page_cannot_write_what_it_only_reads()
    {
        await using var window = await host.OpenAsync();

        var code = await window.RunAsync("return await oriel.state('windows').set(100).then(() => 0, (error) => error.code)");

        Assert.Equal(-32003, code.GetInt32());
        await window.UntilAsync("document.querySelector('#windows').textContent === 'in one window'");
    }

    [Fact]
    public async Task The_page_is_painted()
    {
        Write("milk", "tea", "bread");
        await using var window = await host.OpenAsync();
        await window.ShowsAsync("milk", "tea", "bread");

        var picture = await window.Window.SnapshotAsync();
        if (Environment.GetEnvironmentVariable("ORIEL_TEST_PICTURES") is { Length: > 0 } folder)
        {
            await File.WriteAllBytesAsync(Path.Join(folder, "react.png"), picture, TestContext.Current.CancellationToken);
        }

        // An empty page of this size is a tenth of it.
        Assert.InRange(picture.Length, 10_000, 1_000_000);
    }

    private void Write(params string[] texts) => Todos.Set(new TodoList([.. texts.Select(static (text, i) => new TodoItem($"{i}", text, false))]));

    private static async Task UntilFreshAsync(TodoWindow window)
    {
        // A script may run in the document that is about to go, or end with it.
        await UntilAsync(async () =>
        {
            try
            {
                return (await window.RunAsync("return !globalThis.isOld")).GetBoolean();
            }
            catch (ScriptException)
            {
                return false;
            }
        }, "the new document");
        await window.LoadedAsync();
    }

    private static Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => Task.FromResult(condition()), what);

    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var deadline = Environment.TickCount64 + (long)TodoWindow.Patience.TotalMilliseconds;
        while (!await condition())
        {
            Assert.True(Environment.TickCount64 < deadline, $"Waited in vain: {what}.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
