using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace Oriel;

/// <summary>The states of an application, or those of one window.</summary>
internal sealed class StateRegistry(OrielApp app)
{
    /// <summary>The most bytes that a key has in UTF-8.</summary>
    public const int MaxKeyBytes = 256;

    // A state is a thing that the program's author has named; many values of a kind are one state with a dictionary.
    private const int MaxStates = 4_096;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, IState> _states = new(StringComparer.Ordinal);

    /// <summary>Is told of every state before anybody else has it.</summary>
    public Action<IState>? Added { get; set; }

    public SharedState<T> Add<T>(string key, T initial, JsonTypeInfo<T> type, StateOptions? options)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (string.IsNullOrEmpty(key) || Encoding.UTF8.GetByteCount(key) > MaxKeyBytes)
        {
            throw new ArgumentException($"A state's key has 1 to {MaxKeyBytes} bytes.", nameof(key));
        }

        var state = new SharedState<T>(app, key, initial, type, options ?? new StateOptions());
        lock (_gate)
        {
            if (_states.Count == MaxStates)
            {
                throw new InvalidOperationException($"There are {MaxStates:N0} states, which is the limit. Keep many values of a kind in one state, as a dictionary.");
            }

            if (!_states.TryAdd(key, state))
            {
                throw new ArgumentException($"There is a state \"{key}\" already. Keep the SharedState that it made, or choose another key.", nameof(key));
            }
        }

        Added?.Invoke(state);
        return state;
    }

    public IState? Find(string key)
    {
        lock (_gate)
        {
            return _states.GetValueOrDefault(key);
        }
    }
}
