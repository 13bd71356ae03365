namespace Oriel.CompilerServices;

/// <summary>The object whose methods are commands. For generated code.</summary>
/// <remarks>Thread-safe. An object that could not be made is tried again by the next call.</remarks>
/// <typeparam name="T">Its class.</typeparam>
public sealed class CommandInstance<T>
    where T : class
{
    private readonly Lock _gate = new();
    private readonly Func<T>? _create;
    private volatile T? _value;

    /// <summary>Takes an object that exists.</summary>
    public CommandInstance(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    internal CommandInstance(Func<T> create) => _create = create;

    /// <summary>The object; the first call makes it.</summary>
    public T Value => _value ?? Create();

    private T Create()
    {
        lock (_gate)
        {
            return _value ??= _create!();
        }
    }
}
