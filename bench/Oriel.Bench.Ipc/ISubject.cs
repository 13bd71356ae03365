namespace Oriel.Bench.Ipc;

/// <summary>What can be measured of a connection; a task that it lacks throws <see cref="NotSupportedException"/>.</summary>
internal interface ISubject : IAsyncDisposable
{
    /// <summary>Sends a message of that size and awaits all of it back.</summary>
    ValueTask RoundTripAsync(int size);

    /// <summary>Sends a message of that size and awaits a short answer.</summary>
    ValueTask SinkAsync(int size) => throw new NotSupportedException();

    /// <summary>Sends a message that nobody answers.</summary>
    ValueTask SendAsync(int size) => throw new NotSupportedException();

    /// <summary>Waits until the other side has read so many messages that nobody answers.</summary>
    ValueTask FlushAsync(long count) => throw new NotSupportedException();
}
