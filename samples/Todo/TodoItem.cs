namespace TodoSample;

/// <summary>A thing to do. A change of it is another one.</summary>
public sealed record TodoItem(Guid Id, string Title, string Notes, DateOnly? Due, bool IsDone);
