using Oriel;

namespace Todo;

/// <summary>The sample: what its pages share, and what they can call.</summary>
internal sealed class TodoApp
{
    private readonly OrielApp _app;
    private readonly State<int> _windows;

    public TodoApp(OrielApp app, TodoFile file, FileFinder finder)
    {
        _app = app;
        _windows = app.State("windows", 0, TodoJson.Default.Int32);
        Todos = app.State("todos", file.Load(), TodoJson.Default.TodoList, new StateOptions { IsWritable = true });
        Todos.Changed += (_, e) => file.Save(e.Value);

        app.Assets.AddEmbedded(typeof(TodoApp).Assembly, "web");
        app.Commands.Map("clearDone", _ => ClearDone(), TodoJson.Default.Int32);
        app.Commands.MapRaw(
            "openWindow",
            context =>
            {
                OpenWindow();
                return ValueTask.CompletedTask;
            },
            new CommandOptions { Thread = CommandThread.UI });
        app.Commands.MapStream("findFiles", (FileQuery query, CommandContext _) => finder.Find(query.Text).ToAsyncEnumerable(), TodoJson.Default.FileQuery, TodoJson.Default.FoundFile);
    }

    /// <summary>What is to be done.</summary>
    public State<TodoList> Todos { get; }

    /// <summary>Opens a window. UI thread.</summary>
    public Window OpenWindow()
    {
        var window = _app.CreateWindow(new WindowOptions { Title = "To do", Width = 900, Height = 560 });
        _windows.Update(static count => count + 1);
        window.Closed += (_, _) => _windows.Update(static count => count - 1);
        return window;
    }

    private int ClearDone()
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
}
