using Oriel.Engines.Gtk;
using Oriel.Testing;

[assembly: AssemblyFixture(typeof(Todo.EndToEnd.TodoHost))]

// The tests share one engine, one display and one list.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Todo.EndToEnd;

/// <summary>The React sample in the real engine: a process can have only one.</summary>
public sealed class TodoHost : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("oriel-react-");
    private AppHost _host = null!;

    internal TodoApp App { get; private set; } = null!;

    /// <summary>The folder that is searched for files.</summary>
    public string Files => Path.Join(_folder.FullName, "files");

    /// <summary>The file that keeps the list.</summary>
    public string DataFile => Path.Join(_folder.FullName, "data", "todos.json");

    /// <summary>The windows that are open.</summary>
    public IReadOnlyList<Oriel.Window> Windows => _host.App.Windows;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Files);
        _host = await AppHost.StartAsync(static () => new GtkEngine(), setup: app => App = new TodoApp(app, new TodoFile(DataFile), new FileFinder(Files)));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Opens a window and waits until its page shows the list.</summary>
    internal async Task<TodoWindow> OpenAsync()
    {
        var window = new TodoWindow(await _host.App.Dispatcher.InvokeAsync(App.OpenWindow));
        await window.LoadedAsync();
        return window;
    }
}
