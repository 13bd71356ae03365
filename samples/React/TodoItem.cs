namespace Todo;

/// <summary>Something to do.</summary>
/// <param name="Id">Tells it from others; made by the page that added it.</param>
/// <param name="Text">What is to be done.</param>
/// <param name="IsDone">Whether it is done.</param>
internal sealed record TodoItem(string Id, string Text, bool IsDone);
