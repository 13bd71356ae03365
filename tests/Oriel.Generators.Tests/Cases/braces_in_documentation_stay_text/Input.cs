using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map<Notes>();
    }
}

/// <summary>Notes.</summary>
[Commands]
public sealed class Notes
{
    /// <summary>Fills {# and {#Note#} in a text.</summary>
    [Command]
    public Note Fill(Note note) => note;
}

/// <summary>A note with {#.</summary>
/// <param name="Text">Its text #}.</param>
public sealed record Note(string Text);
