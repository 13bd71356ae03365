using Oriel;

namespace Todo;

/// <summary>The sample: what its pages share, and what they can call.</summary>
[Commands("")]
internal sealed class TodoApp
{
    private readonly OrielApp _app;
    private readonly FileFinder _finder;
    private readonly SharedState<int> _windows;

    public TodoApp(OrielApp app, TodoFile file, FileFinder finder)
    {
        _app = app;
        _finder = finder;
        _windows = app.State("windows", 0);
        Todos = app.State("todos", file.Load(), new StateOptions { IsWritable = true });
        Todos.Changed += (_, e) => file.Save(e.Value);

        app.Assets.AddEmbedded(typeof(TodoApp).Assembly, "web");
        app.Commands.Map(this);
    }

    /// <summary>What is to be done.</summary>
    public SharedState<TodoList> Todos { get; }

    /// <summary>Removes what is done.</summary>
    /// <returns>How many that were.</returns>
    [Command]
    public int ClearDone()
    {
        var count = 0;
        Todos.Update(list =>
        {
            TodoItem[] left = [.. list.Items.Where(static item => !item.IsDone)];
            count = list.Items.Count - left.Length;
            return new TodoList(left);
        });
        return count;
    }

    /// <summary>Finds files below the folder that the application was started with, as they are found.</summary>
    /// <param name="text">A part of the file's name.</param>
    [Command]
    public IAsyncEnumerable<FoundFile> FindFiles(string text) => _finder.Find(text).ToAsyncEnumerable();

    /// <summary>Opens another window on the same list.</summary>
    [Command("openWindow", Thread = CommandThread.UI)]
    public void OpenAnother() => OpenWindow();

    /// <summary>Opens a window. UI thread.</summary>
    public Window OpenWindow()
    {
        var window = _app.CreateWindow(new WindowOptions { Title = "To do", Width = 900, Height = 560 });
        _windows.Update(static count => count + 1);
        window.Closed += (_, _) => _windows.Update(static count => count - 1);
        return window;
    }
}
