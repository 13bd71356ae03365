using Oriel.Engines;

namespace Oriel.Tests;

/// <summary>A source of bytes that can be told from each other, which knows where it was read to: who copies them once more is found out.</summary>
internal sealed class CountingStream(long length) : ReadOnlyStream
{
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long BytesRead { get; private set; }

    public Memory<byte> FirstDestination { get; private set; }

    public Memory<byte> LastDestination { get; private set; }

    /// <summary>What a read ends with.</summary>
    public Exception? Failure { get; init; }

    /// <summary>Whether a read waits until it is cancelled.</summary>
    public bool Waits { get; init; }

    public Task Disposed => _disposed.Task;

    public static byte[] BytesOf(int length) => [.. Enumerable.Range(0, length).Select(static i => (byte)(i % 251))];

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Waits)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        if (Failure is not null)
        {
            throw Failure;
        }

        var count = (int)Math.Min(buffer.Length, length - BytesRead);
        if (count > 0)
        {
            LastDestination = buffer;
            FirstDestination = FirstDestination.IsEmpty ? buffer : FirstDestination;
        }

        for (var i = 0; i < count; i++)
        {
            buffer.Span[i] = (byte)((BytesRead + i) % 251);
        }

        BytesRead += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _disposed.TrySetResult();
        base.Dispose(disposing);
    }
}
