namespace Oriel.Engines.Gtk;

/// <summary>What the engine can be told beyond what every engine is.</summary>
public sealed record GtkEngineOptions
{
    /// <summary>Which API of WebKitGTK is used.</summary>
    public WebKitGeneration WebKit { get; init; }

    /// <summary>How long after its document began a page that has not painted is reported; 10 s by default.</summary>
    public TimeSpan PaintTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a window stays hidden for a page that does not paint; 3 s by default.</summary>
    public TimeSpan HiddenTimeout { get; init; } = TimeSpan.FromSeconds(3);
}
