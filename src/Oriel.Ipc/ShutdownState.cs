namespace Oriel.Ipc;

/// <summary>Counts the operations in flight, and lets a shutdown wait for them.</summary>
/// <remarks>Thread-safe. Once <see cref="BeginShutdown"/> has been called no operation can begin.</remarks>
public sealed class ShutdownState
{
    // The lowest value means shutdown, what is above it are the operations: one atomic number, since every message passes here.
    private const long Shutdown = long.MinValue;

    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _state;

    /// <summary>Whether shutdown has begun.</summary>
    public bool IsShutdown => Volatile.Read(ref _state) < 0;

    /// <summary>How many operations are under way.</summary>
    public int InFlight => (int)(Volatile.Read(ref _state) & ~Shutdown);

    /// <summary>Begins an operation; dispose the result once when it ends.</summary>
    /// <exception cref="IpcException"><see cref="IpcErrorCode.ShuttingDown"/>: shutdown has begun.</exception>
    public Operation Begin() =>
        TryBegin() ? new Operation(this) : throw new IpcException(IpcErrorCode.ShuttingDown, "Shutdown has begun: nothing new is taken.");

    /// <summary>Begins shutdown: from now on <see cref="Begin"/> refuses.</summary>
    public void BeginShutdown()
    {
        if (Interlocked.Or(ref _state, Shutdown) == 0)
        {
            _drained.TrySetResult();
        }
    }

    /// <summary>Waits until the operations that were under way have ended. Shutdown must have begun.</summary>
    /// <returns>False when time ran out.</returns>
    public async ValueTask<bool> DrainAsync(TimeSpan timeout, TimeProvider? time = null)
    {
        if (!IsShutdown)
        {
            throw new InvalidOperationException("Begin the shutdown first: operations that may still begin never drain.");
        }

        try
        {
            await _drained.Task.WaitAsync(timeout, time ?? TimeProvider.System).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    internal bool TryBegin()
    {
        if (Interlocked.Increment(ref _state) > 0)
        {
            return true;
        }

        End();
        return false;
    }

    internal void End()
    {
        if (Interlocked.Decrement(ref _state) == Shutdown)
        {
            _drained.TrySetResult();
        }
    }

    /// <summary>An operation under way.</summary>
    public readonly struct Operation : IDisposable, IEquatable<Operation>
    {
        private readonly ShutdownState? _state;

        internal Operation(ShutdownState state) => _state = state;

        /// <summary>Ends the operation.</summary>
        public void Dispose() => _state?.End();

        /// <inheritdoc/>
        public bool Equals(Operation other) => ReferenceEquals(_state, other._state);

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is Operation other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => _state?.GetHashCode() ?? 0;

        /// <summary>Whether two operations are of the same state.</summary>
        public static bool operator ==(Operation left, Operation right) => left.Equals(right);

        /// <summary>Whether two operations are of different states.</summary>
        public static bool operator !=(Operation left, Operation right) => !left.Equals(right);
    }
}
