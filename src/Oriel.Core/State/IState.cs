namespace Oriel;

/// <summary>A state, whatever its type.</summary>
internal interface IState
{
    string Key { get; }

    StateOptions Options { get; }

    StateSnapshot Snapshot { get; }

    void Add(StateSubscriber subscriber);

    void Remove(StateSubscriber subscriber);

    /// <summary>Takes a value of a page.</summary>
    /// <param name="version">The version that the page has changed.</param>
    /// <param name="json">The new value.</param>
    /// <param name="writer">The document that writes: it learns of the new version by the answer.</param>
    /// <exception cref="Ipc.IpcException">The value does not fit, or the version is not the current one. Nothing has changed.</exception>
    StateSnapshot Write(long version, ReadOnlySpan<byte> json, StateSubscriber? writer);
}
