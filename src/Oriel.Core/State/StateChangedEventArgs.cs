namespace Oriel;

/// <summary>A state has a new value.</summary>
/// <param name="value">The value.</param>
/// <param name="version">Its version.</param>
public sealed class StateChangedEventArgs<T>(T value, long version) : EventArgs
{
    /// <summary>The value.</summary>
    public T Value { get; } = value;

    /// <summary>Its version, which only grows.</summary>
    public long Version { get; } = version;
}
