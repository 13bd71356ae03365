namespace Oriel.Engines;

/// <summary>An engine was asked for what it cannot do.</summary>
public sealed class EngineNotSupportedException(string feature, string engine)
    : NotSupportedException($"{engine} cannot do this: {feature}. Ask app.Engine.Features first.")
{
    /// <summary>What was asked for.</summary>
    public string Feature { get; } = feature;

    /// <summary>The engine that was asked.</summary>
    public string Engine { get; } = engine;
}
