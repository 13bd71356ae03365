using System.Text.Json.Serialization.Metadata;

namespace Oriel;

/// <summary>States of one window.</summary>
/// <remarks>Extensions, because <see cref="Window.State"/> is how the window fills the screen.</remarks>
public static class WindowStateExtensions
{
    /// <summary>Shares a value with the pages of this window; it goes before a state of the application that has the same key.</summary>
    /// <param name="window">The window.</param>
    /// <param name="key">What pages call it: 1 to 256 bytes of UTF-8.</param>
    /// <param name="initial">The first value.</param>
    /// <param name="options">What pages may do with it; they read only by default.</param>
    /// <exception cref="ArgumentException">The window has a state of that key.</exception>
    public static SharedState<T> State<[BridgeType] T>(this Window window, string key, T initial, StateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(window);
        return window.States.Add(key, initial, window.App.Json.Get<T>(), options);
    }

    /// <summary>Shares a value whose JSON metadata is given with the pages of this window.</summary>
    /// <param name="window">The window.</param>
    /// <param name="key">What pages call it: 1 to 256 bytes of UTF-8.</param>
    /// <param name="initial">The first value.</param>
    /// <param name="type">Metadata of the value.</param>
    /// <param name="options">What pages may do with it; they read only by default.</param>
    /// <exception cref="ArgumentException">The window has a state of that key.</exception>
    public static SharedState<T> State<T>(this Window window, string key, T initial, JsonTypeInfo<T> type, StateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(window);
        return window.States.Add(key, initial, type, options);
    }
}
