namespace Oriel.Engines;

/// <summary>A script that was run in a page failed there.</summary>
public sealed class ScriptException(string message) : Exception(message);
