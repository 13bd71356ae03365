using Oriel.Engines.Gtk.Native;

namespace Oriel.Engines.Gtk;

/// <summary>The body of a page's request. Read by one reader at a time, off the UI thread.</summary>
/// <remarks>
/// WebKit has the whole body in memory (or in a file) when the request arrives, and its stream knows no asynchronous read:
/// GIO would make one by reading in a thread of its own. The reader's thread does as well, without the hops between three
/// threads that cost a third of the rate at 1 MB.
/// </remarks>
internal sealed unsafe class RequestBody(Dispatcher dispatcher, nint stream) : ReadOnlyStream
{
    private readonly Lock _gate = new();
    private nint _stream = stream;

    ~RequestBody() => Dispose(disposing: false);

    public override int Read(Span<byte> buffer)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stream == 0, this);

            LibGLib.GError* error = null;
            fixed (byte* destination = buffer)
            {
                var count = LibGio.g_input_stream_read(_stream, destination, (nuint)buffer.Length, 0, &error);
                return count >= 0 ? (int)count : throw new IOException($"The page's request could not be read: {NativeText.Take(error)}");
            }
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<int>(cancellationToken);
        }

        // A part of the body may be a file, and the UI thread waits for no disk.
        return dispatcher.CheckAccess()
            ? new ValueTask<int>(Task.Run(() => Read(buffer.Span), cancellationToken))
            : new ValueTask<int>(Read(buffer.Span));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    protected override void Dispose(bool disposing)
    {
        lock (_gate)
        {
            if (_stream != 0)
            {
                // Its finalization is WebKit's code, which belongs to the UI thread.
                dispatcher.Post(static stream => LibGObject.g_object_unref((nint)stream!), _stream);
                _stream = 0;
            }
        }

        base.Dispose(disposing);
    }
}
