namespace SelfCheck;

/// <summary>A state that pages may write.</summary>
internal sealed record Cart(IReadOnlyList<string> Items);
