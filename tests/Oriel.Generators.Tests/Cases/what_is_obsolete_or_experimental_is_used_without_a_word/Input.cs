using System.Diagnostics.CodeAnalysis;
using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map<Old>();
        app.Commands.Map("again", (Note note) => note);
    }
}

[Commands]
public sealed class Old
{
    [Command]
    [Obsolete("Use another.", error: true)]
    public int Read() => 1;

    [Command]
    [Experimental("DEMO001")]
    public int Try() => 2;
}

public sealed class Note
{
    [Obsolete("Use Text.", error: true)]
    public string? Title { get; set; }

    [Experimental("DEMO002")]
    public string Text { get; set; } = "";
}
