namespace Oriel.Ipc;

/// <summary>A stream of bytes in both directions, as a framed channel needs it.</summary>
/// <remarks>One thread reads and one writes at a time; <see cref="Shutdown"/> may be called by any thread.</remarks>
internal abstract class ByteTransport : IDisposable
{
    /// <summary>What the "try" methods answer when they would have to wait.</summary>
    public const int WouldWait = -1;

    /// <summary>Whether the "try" methods, <see cref="WaitToRead"/> and <see cref="WaitToWrite"/> work.</summary>
    public virtual bool CanTry => false;

    /// <summary>Blocks until there are bytes; zero at the end.</summary>
    /// <exception cref="IOException">The stream broke.</exception>
    public abstract int Read(Span<byte> buffer);

    /// <summary>Blocks until all has been written.</summary>
    /// <exception cref="IOException">The stream broke, or the peer is gone.</exception>
    public abstract void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Reads what is there; zero at the end, <see cref="WouldWait"/> when nothing is there.</summary>
    public virtual int TryRead(Span<byte> buffer) => throw new NotSupportedException();

    /// <summary>Writes as much as goes without waiting, of three parts as if they were one; returns how many bytes went.</summary>
    public virtual int TryWrite(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second = default, ReadOnlySpan<byte> third = default) => throw new NotSupportedException();

    /// <summary>Blocks until there is something to read, the end included.</summary>
    public virtual bool WaitToRead(TimeSpan timeout) => throw new NotSupportedException();

    /// <summary>Blocks until there is room to write, or writing fails.</summary>
    /// <exception cref="IOException">The channel is closed.</exception>
    public virtual void WaitToWrite() => throw new NotSupportedException();

    /// <summary>Ends both directions; what waits in <see cref="Read"/> or <see cref="Write"/> returns or throws.</summary>
    public abstract void Shutdown();

    /// <inheritdoc/>
    public abstract void Dispose();
}
