namespace Todo;

/// <summary>What is to be done, in the order in which it was added.</summary>
internal sealed record TodoList(IReadOnlyList<TodoItem> Items);
