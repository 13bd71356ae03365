namespace Oriel;

/// <summary>A value of a state as pages see it.</summary>
internal class StateSnapshot(long version, byte[] json)
{
    private Patch? _patch;

    public long Version => version;

    /// <summary>The value as one line of JSON.</summary>
    public ReadOnlyMemory<byte> Json => json;

    /// <summary>What changes an older value into this one, as a JSON patch; empty when sending the value costs about as much.</summary>
    public ReadOnlyMemory<byte> PatchFrom(StateSnapshot older)
    {
        // All who follow a state have mostly got the same value before: the patch is made once.
        if (_patch is not { } patch || patch.From != older.Version)
        {
            patch = new Patch(older.Version, StateDiff.Compare(older.Json, json));
            _patch = patch;
        }

        return patch.Json;
    }

    private sealed record Patch(long From, byte[] Json);
}

/// <summary>A value of a state.</summary>
internal sealed class StateSnapshot<T>(T value, long version, byte[] json) : StateSnapshot(version, json)
{
    public T Value => value;
}
