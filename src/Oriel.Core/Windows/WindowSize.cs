namespace Oriel;

/// <summary>A size in device-independent pixels.</summary>
public readonly record struct WindowSize(int Width, int Height);
