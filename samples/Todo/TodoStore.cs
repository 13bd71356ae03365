using System.Text.Json;

namespace TodoSample;

/// <summary>The list and the file that keeps it; all windows, and all browsers, share one. Thread-safe.</summary>
public sealed class TodoStore
{
    /// <summary>The most items of a list.</summary>
    public const int MaxItems = 10_000;

    private const int MaxBytes = 64 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly string _file;
    private IReadOnlyList<TodoItem> _items;

    public TodoStore(string file)
    {
        _file = file;
        _items = Read(file);
    }

    /// <summary>Raised when the list has changed, on the thread that changed it.</summary>
    public event Action? Changed;

    /// <summary>Where the list is kept: <c>ORIEL_TODO_FILE</c>, or the user's data folder.</summary>
    public static string DefaultFile =>
        Environment.GetEnvironmentVariable("ORIEL_TODO_FILE") is { Length: > 0 } file
            ? file
            : Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "oriel-todo", "todos.json");

    /// <summary>The items, the newest first.</summary>
    public IReadOnlyList<TodoItem> Items
    {
        get
        {
            lock (_gate)
            {
                return _items;
            }
        }
    }

    public TodoItem? Find(Guid id) => Items.FirstOrDefault(item => item.Id == id);

    /// <exception cref="InvalidOperationException">The list is full.</exception>
    public void Add(string title) => Change(items => items.Count < MaxItems
        ? [new TodoItem(Guid.NewGuid(), title.Trim(), "", null, false), .. items]
        : throw new InvalidOperationException($"The list has {MaxItems:N0} items, and no room for more."));

    public void Replace(TodoItem item) => Change(items => [.. items.Select(other => other.Id == item.Id ? item : other)]);

    public void Remove(Guid id) => Change(items => [.. items.Where(item => item.Id != id)]);

    public void RemoveDone() => Change(static items => [.. items.Where(static item => !item.IsDone)]);

    private void Change(Func<IReadOnlyList<TodoItem>, IReadOnlyList<TodoItem>> change)
    {
        lock (_gate)
        {
            var items = change(_items);
            Write(items);
            _items = items;
        }

        Changed?.Invoke();
    }

    private static IReadOnlyList<TodoItem> Read(string file)
    {
        try
        {
            return new FileInfo(file) is { Exists: true, Length: <= MaxBytes } ? JsonSerializer.Deserialize(File.ReadAllBytes(file), TodoJson.Default.IReadOnlyListTodoItem) ?? [] : [];
        }
        catch (JsonException)
        {
            // Not overwritten: what cannot be read here may be of worth to its owner.
            File.Move(file, $"{file}.unreadable", overwrite: true);
            return [];
        }
    }

    // A program that ends half-way leaves the file before it.
    private void Write(IReadOnlyList<TodoItem> items)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_file))!);
        var fresh = $"{_file}.new";
        File.WriteAllBytes(fresh, JsonSerializer.SerializeToUtf8Bytes(items, TodoJson.Default.IReadOnlyListTodoItem));
        File.Move(fresh, _file, overwrite: true);
    }
}
