namespace Gallery.Tour;

/// <summary>What all windows of the Gallery share, and write.</summary>
public sealed record Board
{
    /// <summary>The most characters of the text.</summary>
    public const int MaximumText = 200;

    /// <summary>The most attempts that are kept.</summary>
    public const int MaximumAttempts = 4;

    // What is thrown here is the answer to the page that wrote.

    /// <param name="text">A text, of 200 characters at most.</param>
    /// <param name="color">The colour behind it.</param>
    /// <param name="attempts">Who tried to open the vault, the newest first; four at most.</param>
    public Board(string text, BoardColor color, IReadOnlyList<Attempt> attempts)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, MaximumText, nameof(text));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(attempts.Count, MaximumAttempts, nameof(attempts));

        Text = text;
        Color = color;
        Attempts = attempts;
    }

    /// <summary>A text, of 200 characters at most.</summary>
    public string Text { get; }

    /// <summary>The colour behind it.</summary>
    public BoardColor Color { get; }

    /// <summary>Who tried to open the vault, the newest first; four at most.</summary>
    public IReadOnlyList<Attempt> Attempts { get; }
}
