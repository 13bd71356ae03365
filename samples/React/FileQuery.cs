namespace Todo;

/// <summary>What a page searches for: a part of a file's name.</summary>
internal sealed record FileQuery(string Text);
