using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Oriel.Engines.Gtk.Native;

namespace Oriel.Engines.Gtk;

/// <summary>The body of a page's request, read straight into the reader's memory.</summary>
/// <remarks>May be read on any thread; the native stream belongs to the UI thread, which is where each read is made.</remarks>
internal sealed unsafe class RequestBody : Stream
{
    private readonly Dispatcher _dispatcher;
    private nint _stream;

    /// <summary>Takes the stream over.</summary>
    public RequestBody(Dispatcher dispatcher, nint stream)
    {
        _dispatcher = dispatcher;
        _stream = stream;
    }

    ~RequestBody() => Dispose(disposing: false);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            return new ValueTask<int>(0);
        }

        var read = new BodyRead(this, buffer);
        if (_dispatcher.CheckAccess())
        {
            read.Begin();
        }
        else
        {
            _dispatcher.Post(static read => ((BodyRead)read!).Begin(), read);
        }

        return new ValueTask<int>(read.Task);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_dispatcher.CheckAccess())
        {
            throw new InvalidOperationException("The body of a request arrives on the UI thread: read it with ReadAsync there.");
        }

        return ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        var stream = Interlocked.Exchange(ref _stream, 0);
        if (stream != 0)
        {
            _dispatcher.Post(static stream => LibGObject.g_object_unref((nint)stream!), stream);
        }

        base.Dispose(disposing);
    }

    private sealed class BodyRead(RequestBody body, Memory<byte> buffer)
    {
        private readonly TaskCompletionSource<int> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private MemoryHandle _pin;

        public Task<int> Task => _completion.Task;

        public void Begin()
        {
            if (body._stream == 0)
            {
                _completion.SetException(new ObjectDisposedException(nameof(RequestBody)));
                return;
            }

            _pin = buffer.Pin();
            LibGio.g_input_stream_read_async(body._stream, _pin.Pointer, (nuint)buffer.Length, 0, 0, &OnRead, GCHandle.ToIntPtr(GCHandle.Alloc(this)));
        }

        [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
        private static void OnRead(nint stream, nint result, nint data)
        {
            try
            {
                Signal.Take<BodyRead>(data).End(stream, result);
            }
            catch (Exception exception)
            {
                GtkEngine.Report(exception);
            }
        }

        private void End(nint stream, nint result)
        {
            LibGLib.GError* error = null;
            var count = LibGio.g_input_stream_read_finish(stream, result, &error);
            _pin.Dispose();

            if (count < 0)
            {
                _completion.SetException(new IOException($"The page's request could not be read: {NativeText.Take(error)}"));
            }
            else
            {
                _completion.SetResult((int)count);
            }
        }
    }
}
