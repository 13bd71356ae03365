namespace Oriel.Engines;

/// <summary>What an engine is started with.</summary>
public sealed record EngineOptions
{
    /// <summary>The application's name, for the window system.</summary>
    public required string ApplicationName { get; init; }

    /// <summary>The schemes whose requests come to <see cref="IEngineWindowHandler.OnRequest"/>, the app's own first.</summary>
    public required IReadOnlyList<string> Schemes { get; init; }

    /// <summary>Told of what went wrong inside the engine with nobody waiting for it.</summary>
    public Action<Exception>? OnError { get; init; }
}
