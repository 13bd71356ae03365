using System.Text.Json.Serialization.Metadata;

namespace Oriel;

// What the application shares with the pages of all its windows.
public sealed partial class OrielApp
{
    private readonly StateRegistry _states;

    internal StateRegistry States => _states;

    /// <summary>Shares a value with the pages of all windows, which follow it by <c>oriel.state(key)</c>.</summary>
    /// <param name="key">What pages call it: 1 to 256 bytes of UTF-8.</param>
    /// <param name="initial">The first value.</param>
    /// <param name="options">What pages may do with it; they read only by default.</param>
    /// <exception cref="ArgumentException">The application has a state of that key.</exception>
    public SharedState<T> State<[BridgeType] T>(string key, T initial, StateOptions? options = null) => _states.Add(key, initial, Json.Get<T>(), options);

    /// <summary>Shares a value whose JSON metadata is given.</summary>
    /// <param name="key">What pages call it: 1 to 256 bytes of UTF-8.</param>
    /// <param name="initial">The first value.</param>
    /// <param name="type">Metadata of the value.</param>
    /// <param name="options">What pages may do with it; they read only by default.</param>
    /// <exception cref="ArgumentException">The application has a state of that key.</exception>
    public SharedState<T> State<T>(string key, T initial, JsonTypeInfo<T> type, StateOptions? options = null) => _states.Add(key, initial, type, options);
}
