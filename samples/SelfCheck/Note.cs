namespace SelfCheck;

/// <summary>What a page and the application send each other as events.</summary>
internal sealed record Note(string Text, int Window);
