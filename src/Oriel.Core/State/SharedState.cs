using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Oriel.Ipc;

namespace Oriel;

/// <summary>A value that C# and pages share. Pages follow it by <c>oriel.state(key)</c>, and write it when they may.</summary>
/// <remarks>
/// <para>Thread-safe. A state is what crosses the bridge: a change that the value's JSON does not show is none.</para>
/// <para>
/// Make values immutable records, and write them with <see cref="Set"/> or <see cref="Update"/>. A value that can be changed in
/// place is changed inside of <see cref="Update"/> alone, whose function may return the same object: its JSON tells that it changed.
/// </para>
/// </remarks>
/// <typeparam name="T">The value. It is null only where it was null from the beginning.</typeparam>
public sealed class SharedState<T> : IState, ISource
{
    private readonly OrielApp _app;
    private readonly JsonTypeInfo<T> _type;
    private readonly StateOptions _options;
    private readonly bool _allowsNull;
    private readonly Lock _gate = new();
    private readonly Lock _following = new();
    private readonly ReaderSet _readers = new();
    private volatile StateSnapshot<T> _current;
    private volatile StateSubscriber[] _subscribers = [];
    private long _told;
    private bool _isTelling;

    internal SharedState(OrielApp app, string key, T initial, JsonTypeInfo<T> type, StateOptions options)
    {
        _app = app;
        _type = type;
        _options = options;
        _allowsNull = initial is null || Nullable.GetUnderlyingType(typeof(T)) is not null;
        Key = key;
        _current = new StateSnapshot<T>(initial, 1, Serialize(initial));
        _told = 1;
    }

    /// <summary>Raised when the value has changed, wherever it was written.</summary>
    /// <remarks>
    /// On the thread that wrote, after the write, with no lock held; one call at a time, in the order of the versions. What is
    /// written meanwhile, by a handler too, is told by the newest version alone. An exception of a handler is logged.
    /// </remarks>
    public event EventHandler<StateChangedEventArgs<T>>? Changed;

    /// <summary>What pages call it.</summary>
    public string Key { get; }

    /// <summary>The value. It may be an older one by the time it is used: to change it depending on what it is, use <see cref="Update"/>.</summary>
    /// <remarks>A component that reads it while it is rendered, a <see cref="Computed{T}"/> and an <see cref="Effect"/> follow it, as they do a <see cref="State{T}"/>.</remarks>
    public T Value
    {
        get
        {
            var current = _current;
            Reading.Note(this, current.Version);
            return current.Value;
        }
    }

    /// <summary>The version: 1 for the first value, one more with each change.</summary>
    public long Version => _current.Version;

    StateOptions IState.Options => _options;

    StateSnapshot IState.Snapshot => _current;

    ReaderSet ISource.Readers => _readers;

    int ISource.Depth => 0;

    /// <summary>Writes a value, whatever it was before.</summary>
    /// <exception cref="IpcException"><see cref="IpcErrorCode.PayloadTooLarge"/>: as JSON it is larger than a message may be.</exception>
    public void Set(T value)
    {
        VerifyNotWriting();
        var json = Serialize(value);
        lock (_gate)
        {
            Commit(value, json);
        }

        Tell();
    }

    /// <summary>Makes a new value of the present one.</summary>
    /// <param name="change">
    /// Returns the new value. It runs once, with the state locked, and so does the writing of its result as JSON: other writers wait
    /// for it, so it must be short and wait for nobody. An exception of it is the caller's, and leaves the state as it was.
    /// </param>
    /// <returns>The new value.</returns>
    /// <exception cref="IpcException"><see cref="IpcErrorCode.PayloadTooLarge"/>: as JSON it is larger than a message may be.</exception>
    /// <exception cref="InvalidOperationException">The function writes the state that it makes a value for.</exception>
    public T Update(Func<T, T> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        VerifyNotWriting();

        T value;
        lock (_gate)
        {
            value = change(_current.Value);
            Commit(value, Serialize(value));
        }

        Tell();
        return value;
    }

    void IState.Add(StateSubscriber subscriber)
    {
        // Not the lock of the value: a document must be able to go while a function of Update runs.
        lock (_following)
        {
            _subscribers = [.. _subscribers, subscriber];
        }
    }

    void IState.Remove(StateSubscriber subscriber)
    {
        lock (_following)
        {
            _subscribers = [.. _subscribers.Where(other => other != subscriber)];
        }
    }

    StateSnapshot IState.Write(long version, ReadOnlySpan<byte> json, StateSubscriber? writer)
    {
        var value = Deserialize(json);
        var canonical = Serialize(value);

        StateSnapshot<T> written;
        lock (_gate)
        {
            var before = _current;
            if (before.Version != version)
            {
                throw StateErrors.Conflict(Key, version, before);
            }

            Commit(value, canonical);
            written = _current;
            writer?.HasGot(before, written);
        }

        Tell();
        return written;
    }

    long ISource.Refresh() => _current.Version;

    void ISource.Add(IReader reader) => _readers.Add(reader);

    void ISource.Remove(IReader reader) => _readers.Remove(reader);

    // The outer write would undo the inner one.
    private void VerifyNotWriting()
    {
        Writes.Verify();
        if (_gate.IsHeldByCurrentThread)
        {
            throw new InvalidOperationException($"The state \"{Key}\" is being written by this thread: a function of Update returns the new value, and writes nothing itself.");
        }
    }

    private void Commit(T value, byte[] json)
    {
        var before = _current;
        var isSame = before.Json.Span.SequenceEqual(json);
        Writes.Begin();
        _current = new StateSnapshot<T>(value, isSame ? before.Version : before.Version + 1, json);
        Writes.End();
    }

    // Who finds another telling leaves the newest to it, so that handlers never run beside each other, nor behind a lock.
    private void Tell()
    {
        // Who begins to follow looks at the value behind this, or is among those who are woken here.
        Interlocked.MemoryBarrier();
        foreach (var subscriber in _subscribers)
        {
            subscriber.Wake();
        }

        Writes.Tell(_readers);
        lock (_gate)
        {
            if (_isTelling)
            {
                return;
            }

            _isTelling = true;
        }

        while (TryTakeUntold(out var snapshot))
        {
            foreach (var handler in Delegate.EnumerateInvocationList(Changed))
            {
                try
                {
                    handler(this, new StateChangedEventArgs<T>(snapshot.Value, snapshot.Version));
                }
                catch (Exception exception)
                {
                    _app.Log.Value.StateHandlerFailed(Key, exception);
                }
            }
        }
    }

    private bool TryTakeUntold(out StateSnapshot<T> snapshot)
    {
        lock (_gate)
        {
            snapshot = _current;
            _isTelling = snapshot.Version != _told;
            _told = snapshot.Version;
            return _isTelling;
        }
    }

    private byte[] Serialize(T value)
    {
        if (value is null && !_allowsNull)
        {
            throw new ArgumentNullException(nameof(value), $"The state \"{Key}\" began with a value, so it always has one. Begin it with null if it may be null.");
        }

        using var json = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { SkipValidation = true, MaxDepth = _type.Options.MaxDepth }))
        {
            JsonSerializer.Serialize(writer, value, _type);
        }

        // Room for the key and the envelope around it.
        var most = Math.Max(1, _app.Options.Limits.MaxMessageBytes - 1_024);
        if (json.Length > most)
        {
            throw StateErrors.TooLarge(Key, json.Length, most);
        }

        // A converter may write raw JSON with lines, and a line feed ends a message. Inside of a string there is none.
        json.WritableSpan.Replace((byte)'\n', (byte)' ');
        return json.Span.ToArray();
    }

    private T Deserialize(ReadOnlySpan<byte> json)
    {
        T? value;
        try
        {
            value = JsonSerializer.Deserialize(json, _type);
        }
        catch (Exception exception) when (InvalidParams.IsCauseOf(exception))
        {
            throw StateErrors.Mismatch(Key, InvalidParams.PathOf(exception), InvalidParams.ReasonOf(exception));
        }

        return value is not null || _allowsNull ? value! : throw StateErrors.Mismatch(Key, null, "it cannot be null.");
    }
}
