using System.Text.Json;
using Microsoft.Extensions.Logging;
using Oriel.Ipc;

namespace Oriel.Processes.Tests;

/// <summary>Plug-ins of this process and of others, called by a page.</summary>
public sealed class PluginTests
{
    [Fact]
    public async Task A_plug_in_of_this_process_answers_under_its_name()
    {
        await using var app = await BackendApp.StartAsync(static app => app.Plugins.Add(new Greeter()));

        Assert.Equal("\"Hello\"", await app.CallAsync("plugin:greeter|hello"));
        Assert.Contains("plugin:greeter|hello", app.App.Commands.All.Select(static command => command.Name));
    }

    [Fact]
    public async Task A_plug_in_of_another_process_answers_under_its_name_and_nowhere_else()
    {
        await using var app = await BackendApp.StartAsync(static app => app.Plugins.Add(Python.Backend(name: "scene")));

        Assert.Equal("[1]", await app.CallAsync("plugin:scene|echo", "[1]"));
        Assert.Equal(IpcErrorCode.MethodNotFound, (await RefusedAsync(app, "scene.echo")).Code);
        Assert.Contains("plugin:scene|echo", app.App.Commands.All.Select(static command => command.Name));
    }

    [Fact]
    public async Task A_stream_of_a_plug_in_reaches_the_page()
    {
        await using var app = await BackendApp.StartAsync(static app => app.Plugins.Add(Python.Backend(name: "scene")));
        var items = 0;
        await foreach (var _ in app.Page.StreamAsync("plugin:scene|count", """{"to":100}"""))
        {
            items++;
        }

        Assert.Equal(100, items);
    }

    [Fact]
    public async Task A_plug_in_that_was_not_added_is_refused_and_the_others_are_named()
    {
        await using var app = await BackendApp.StartAsync(static app => app.Plugins.Add(new Greeter()));
        var error = await RefusedAsync(app, "plugin:shell|execute");

        Assert.Equal(IpcErrorCode.MethodNotFound, error.Code);
        Assert.Equal("There is no plug-in \"shell\". There are: greeter.", error.Message);
    }

    [Fact]
    public async Task A_command_that_a_plug_in_has_not_is_refused_and_the_others_are_named()
    {
        await using var app = await BackendApp.StartAsync(static app =>
        {
            app.Plugins.Add(new Greeter());
            app.Plugins.Add(Python.Backend(name: "scene"));
        });
        var inside = await RefusedAsync(app, "plugin:greeter|bye");
        var outside = await RefusedAsync(app, "plugin:scene|bye");

        Assert.Equal("The plug-in \"greeter\" has no command \"bye\". There are: hello, wave.", inside.Message);
        Assert.Equal(IpcErrorCode.MethodNotFound, inside.Code);
        Assert.Equal(IpcErrorCode.MethodNotFound, outside.Code);
        Assert.Contains("echo", outside.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plugin:")]
    [InlineData("plugin:greeter")]
    [InlineData("plugin:greeter|")]
    [InlineData("plugin:|hello")]
    public async Task A_name_that_names_no_command_is_told_how_to_be_written(string name)
    {
        await using var app = await BackendApp.StartAsync(static app => app.Plugins.Add(new Greeter()));
        var error = await RefusedAsync(app, name);

        Assert.Equal(IpcErrorCode.InvalidRequest, error.Code);
        Assert.Contains("plugin:name|command", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_plug_ins_there_are_no_such_commands()
    {
        await using var app = await BackendApp.StartAsync();

        Assert.Equal(IpcErrorCode.MethodNotFound, (await RefusedAsync(app, "plugin:greeter|hello")).Code);
    }

    [Fact]
    public async Task Pages_call_what_they_may_of_a_plug_in_and_the_log_says_what_to_do_about_the_rest()
    {
        await using var app = await BackendApp.StartAsync(static app => app.Plugins.Add(new Greeter(), new PluginOptions { AllowedCommands = ["wave"] }));
        var error = await RefusedAsync(app, "plugin:greeter|hello");

        Assert.Equal(IpcErrorCode.Denied, error.Code);
        Assert.Equal("1", await app.CallAsync("plugin:greeter|wave"));
        Assert.DoesNotContain("AllowedCommands", error.Message, StringComparison.Ordinal);
        Assert.Contains(app.Log.Lines, static line => line.Level == LogLevel.Warning && line.Text.Contains("PluginOptions.AllowedCommands", StringComparison.Ordinal));
        Assert.DoesNotContain("plugin:greeter|hello", app.App.Commands.All.Select(static command => command.Name));
    }

    [Fact]
    public async Task A_plug_in_that_is_removed_is_ended()
    {
        var greeter = new Greeter();
        await using var app = await BackendApp.StartAsync(app => app.Plugins.Add(greeter));
        var scene = app.App.Plugins.Add(Python.Backend(name: "scene"));
        await scene.StartAsync().InTime();
        var pid = scene.Status.ProcessId!.Value;
        Assert.Throws<ArgumentException>(() => app.App.Plugins.Add(new Greeter()));
        Assert.True(await app.App.Plugins.RemoveAsync("greeter"));
        Assert.True(await app.App.Plugins.RemoveAsync("scene"));
        Assert.False(await app.App.Plugins.RemoveAsync("scene"));

        Assert.True(greeter.IsDisposed);
        Assert.False(Alive.Is(pid));
        Assert.Equal(IpcErrorCode.MethodNotFound, (await RefusedAsync(app, "plugin:greeter|hello")).Code);
    }

    [Fact]
    public async Task A_page_starts_a_script_talks_to_it_and_hears_of_its_end()
    {
        await using var app = await StartWithScriptsAsync();
        var child = JsonDocument.Parse(await app.CallAsync("plugin:process|spawn", """{"script":"work"}""")).RootElement;
        var id = child.GetProperty("id").GetInt32();
        var pid = child.GetProperty("pid").GetInt32();
        Assert.Equal($$"""[{"id":{{id}},"pid":{{pid}},"script":"work"}]""", await app.CallAsync("plugin:process|list"));

        var message = app.Page.NextAsync("process:message");
        var line = app.Page.NextAsync("process:stdout");
        await app.CallAsync("plugin:process|send", $$"""{"id":{{id}},"data":[0]}""");
        Assert.Equal($$"""{"id":{{id}},"pid":{{pid}},"script":"work","event":"got","data":["message",[0]]}""", (await message.InTime()).Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal($$"""{"id":{{id}},"pid":{{pid}},"script":"work","data":"got message"}""", await line.InTime());

        var exit = app.Page.NextAsync("process:exit");
        await app.CallAsync("plugin:process|send", $$"""{"id":{{id}},"event":"leave","data":5}""");
        Assert.Equal($$"""{"id":{{id}},"pid":{{pid}},"script":"work","code":5}""", await exit.InTime());
        await Soon.UntilAsync(() => !Alive.Is(pid));
        Assert.Equal("[]", await app.CallAsync("plugin:process|list"));
    }

    [Fact]
    public async Task A_script_that_is_killed_is_gone_when_the_page_is_answered()
    {
        await using var app = await StartWithScriptsAsync();
        var pid = await SpawnAsync(app, 1);
        await app.CallAsync("plugin:process|kill", """{"id":1}""");

        Assert.False(Alive.Is(pid));
        Assert.Equal(IpcErrorCode.InvalidParams, (await RefusedAsync(app, "plugin:process|kill", """{"id":1}""")).Code);
    }

    [Fact]
    public async Task A_script_that_the_application_does_not_list_cannot_be_started()
    {
        await using var app = await StartWithScriptsAsync();
        var error = await RefusedAsync(app, "plugin:process|spawn", """{"script":"/bin/sh"}""");

        Assert.Equal(IpcErrorCode.Denied, error.Code);
        Assert.Contains("There are: broken, work.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_does_not_start_says_so_to_the_page_and_why_to_the_log()
    {
        await using var app = await StartWithScriptsAsync();
        var error = await RefusedAsync(app, "plugin:process|spawn", """{"script":"broken"}""");

        Assert.DoesNotContain("scene", error.Message, StringComparison.Ordinal);
        Assert.Contains(app.Log.Lines, static line => line.Level == LogLevel.Error && line.Text.Contains("exit code 3", StringComparison.Ordinal));
        Assert.Equal("[]", await app.CallAsync("plugin:process|list"));
    }

    [Fact]
    public async Task No_more_scripts_run_than_may()
    {
        await using var app = await StartWithScriptsAsync();
        await SpawnAsync(app, 1);
        await SpawnAsync(app, 2);

        Assert.Equal(IpcErrorCode.Busy, (await RefusedAsync(app, "plugin:process|spawn", """{"script":"work"}""")).Code);
    }

    [Fact]
    public async Task A_script_ends_with_its_window()
    {
        await using var app = await StartWithScriptsAsync();
        var other = await app.OpenPageAsync();
        var child = JsonDocument.Parse(await other.InvokeAsync("plugin:process|spawn", """{"script":"work"}""").InTime()).RootElement;
        app.App.Windows[1].Close();

        await Alive.GoneAsync(child.GetProperty("pid").GetInt32());
        await Soon.UntilAsync(() => app.App.Windows.Count == 1);
    }

    [Fact]
    public async Task A_script_ends_with_the_application()
    {
        var app = await StartWithScriptsAsync();
        var pid = await SpawnAsync(app, 1);
        await app.DisposeAsync();

        Assert.False(Alive.Is(pid));
    }

    [Fact]
    public async Task A_window_neither_sees_nor_reaches_the_scripts_of_another()
    {
        await using var app = await StartWithScriptsAsync();
        var other = await app.OpenPageAsync();
        await SpawnAsync(app, 1);

        Assert.Equal("[]", await other.InvokeAsync("plugin:process|list").InTime());
        foreach (var command in (string[])["send", "kill"])
        {
            var error = await Assert.ThrowsAsync<IpcException>(() => other.InvokeAsync($"plugin:process|{command}", """{"id":1}""").InTime());
            Assert.Equal(IpcErrorCode.InvalidParams, error.Code);
        }

        Assert.NotEqual("[]", await app.CallAsync("plugin:process|list"));
    }

    [Fact]
    public async Task A_script_whose_page_does_not_read_can_be_ended_and_leaves_its_place()
    {
        await using var app = await StartWithScriptsAsync();
        var other = await app.OpenPageAsync();
        int[] processes = [await SpawnAsync(app, 1), await SpawnAsync(app, 2)];
        var exit = app.Page.NextAsync("process:exit");
        var waiting = StopReading(app);
        Task[] kills = [app.Page.InvokeAsync("plugin:process|kill", """{"id":1}"""), app.Page.InvokeAsync("plugin:process|kill", """{"id":2}""")];
        await Soon.UntilAsync(() => !processes.Any(Alive.Is));

        // The process is gone before its place is free, which only the page that does not read is told.
        while (await TrySpawnAsync(other) is false)
        {
            await Task.Yield();
        }


        app.Page.ResumeReading();
        await Task.WhenAll(kills).InTime();
        Assert.Contains("\"code\":", await exit.InTime(), StringComparison.Ordinal);
        await Task.WhenAll(waiting).InTime();
    }

    [Fact]
    public async Task The_end_of_a_script_is_told_however_many_messages_wait_for_the_page()
    {
        await using var app = await StartWithScriptsAsync();
        var pid = await SpawnAsync(app, 1);
        var exit = app.Page.NextAsync("process:exit");
        var waiting = StopReading(app, andMore: 1_200);
        _ = app.Page.InvokeAsync("plugin:process|send", """{"id":1,"data":null}""");
        await Soon.UntilAsync(() => app.Log.Lines.Any(static line => line.Text == "work: got message"));
        _ = app.Page.InvokeAsync("plugin:process|send", """{"id":1,"event":"leave","data":5}""");
        await Alive.GoneAsync(pid);
        app.Page.ResumeReading();

        Assert.Contains("\"code\":5", await exit.InTime(), StringComparison.Ordinal);
        await Task.WhenAll(waiting).InTime();
    }

    [Fact]
    public async Task What_is_nested_deeper_than_a_document_usually_is_reaches_a_script()
    {
        await using var app = await StartWithScriptsAsync();
        await SpawnAsync(app, 1);
        var message = app.Page.NextAsync("process:message");
        var nested = new string('[', 100) + new string(']', 100);
        await app.CallAsync("plugin:process|send", $$"""{"id":1,"data":{{nested}}}""");

        Assert.Contains(nested, await message.InTime(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_pages_may_not_call_is_not_named_to_them()
    {
        await using var app = await BackendApp.StartAsync(static app => app.Plugins.Add(Python.Backend(name: "scene"), new PluginOptions { AllowedCommands = ["echo", "missing"] }));
        var error = await RefusedAsync(app, "plugin:scene|missing");

        Assert.Contains("There are: echo.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plug_in_that_does_not_end_holds_up_the_end_no_longer_than_it_may_and_is_named()
    {
        var app = await BackendApp.StartAsync(static app => app.Plugins.Add(new Endless()), exitTimeout: TimeSpan.FromSeconds(0.3));
        await app.DisposeAsync().AsTask().InTime();

        Assert.Contains(app.Log.Lines, static line => line.Level == LogLevel.Error && line.Text.Contains("the plug-in \"endless\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_plug_in_whose_name_is_taken_is_not_given_the_application()
    {
        await using var app = await BackendApp.StartAsync(static app => app.Plugins.Add(new Greeter()));
        var second = new Greeter();

        Assert.Throws<ArgumentException>(() => app.App.Plugins.Add(second));
        Assert.False(second.IsAdded);
    }

    [Fact]
    public async Task A_plug_in_that_fails_when_it_is_given_the_application_is_disposed_and_leaves_its_name()
    {
        await using var app = await BackendApp.StartAsync();
        var broken = new Greeter { IsBroken = true };
        Assert.Throws<InvalidOperationException>(() => app.App.Plugins.Add(broken));
        await Soon.UntilAsync(() => broken.IsDisposed);
        app.App.Plugins.Add(new Greeter());

        Assert.Equal("\"Hello\"", await app.CallAsync("plugin:greeter|hello"));
    }

    [Fact]
    public async Task An_application_that_has_ended_takes_no_plug_in()
    {
        var app = await BackendApp.StartAsync();
        await app.DisposeAsync();
        var greeter = new Greeter();

        Assert.Throws<ObjectDisposedException>(() => app.App.Plugins.Add(greeter));
        Assert.False(greeter.IsAdded);
    }

    [Theory]
    [InlineData("spawn", null)]
    [InlineData("spawn", "[]")]
    [InlineData("spawn", """{"script":1}""")]
    [InlineData("send", "{}")]
    [InlineData("send", """{"id":"1"}""")]
    [InlineData("send", """{"id":1.5}""")]
    [InlineData("kill", """{"id":99999999999}""")]
    public async Task Arguments_that_do_not_fit_are_told_so(string command, string? arguments)
    {
        await using var app = await StartWithScriptsAsync();

        Assert.Equal(IpcErrorCode.InvalidParams, (await RefusedAsync(app, $"plugin:process|{command}", arguments)).Code);
    }

    private static Task<BackendApp> StartWithScriptsAsync() => BackendApp.StartAsync(static app => app.Plugins.Add(new ProcessPlugin(new ProcessPluginOptions
    {
        Scripts = new Dictionary<string, ProcessBackendOptions>
        {
            ["work"] = Python.Options("script"),
            ["broken"] = Python.Options("crash"),
        },
        MaxChildren = 2,
    })));

    private static async Task<int> SpawnAsync(BackendApp app, int id)
    {
        var child = JsonDocument.Parse(await app.CallAsync("plugin:process|spawn", """{"script":"work"}""")).RootElement;
        Assert.Equal(id, child.GetProperty("id").GetInt32());
        return child.GetProperty("pid").GetInt32();
    }

    private static Task<IpcException> RefusedAsync(BackendApp app, string name, string? arguments = null) =>
        Assert.ThrowsAsync<IpcException>(() => app.CallAsync(name, arguments));

    // From now on what is emitted waits: that which fits without waiting was sent, and more that does not.
    private static List<Task> StopReading(BackendApp app, int andMore = 0)
    {
        var data = System.Text.Encoding.UTF8.GetBytes($"\"{new string('x', 100_000)}\"");
        var waiting = new List<Task>();
        app.Page.StopReading();
        do
        {
            waiting.Add(app.App.Windows[0].EmitAsync("fill", data).AsTask());
        }
        while (waiting[^1].IsCompleted);

        for (var i = 0; i < andMore; i++)
        {
            var task = app.App.Windows[0].EmitAsync("fill", "0"u8.ToArray()).AsTask();
            if (!task.IsFaulted)
            {
                waiting.Add(task);
            }
            else
            {
                _ = task.Exception;
            }
        }

        return waiting;
    }

    private static async Task<bool> TrySpawnAsync(Oriel.Testing.HeadlessPage page)
    {
        try
        {
            await page.InvokeAsync("plugin:process|spawn", """{"script":"work"}""").InTime();
            return true;
        }
        catch (IpcException exception) when (exception.Code == IpcErrorCode.Busy)
        {
            return false;
        }
    }

    private sealed class Endless : IPlugin, IAsyncDisposable
    {
        public string Name => "endless";

        public void AddTo(CommandRegistry commands, OrielApp app)
        {
        }

        public async ValueTask DisposeAsync() => await Task.Delay(Timeout.Infinite);
    }

    private sealed class Greeter : IPlugin, IDisposable
    {
        public string Name => "greeter";

        public bool IsDisposed { get; private set; }

        public bool IsAdded { get; private set; }

        public bool IsBroken { get; init; }

        public void AddTo(CommandRegistry commands, OrielApp app)
        {
            IsAdded = true;
            if (IsBroken)
            {
                throw new InvalidOperationException("The plug-in is broken.");
            }

            commands.Map("hello", static _ => "Hello", JsonContext.Default.String);
            commands.Map("wave", static _ => 1, JsonContext.Default.Int32);
        }

        public void Dispose() => IsDisposed = true;
    }
}
