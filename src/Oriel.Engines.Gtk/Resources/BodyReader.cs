using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Oriel.Engines.Gtk.Native;
using Oriel.Protocols;

namespace Oriel.Engines.Gtk;

/// <summary>The managed side of a response's body. UI thread.</summary>
internal sealed class BodyReader : IDisposable
{
    // A stream is asked for this much at a time, and WebKit's reads of 8 KB are served from it.
    private const int ChunkBytes = 128 * 1024;

    private readonly CancellationTokenSource _cancellation;
    private readonly Stream? _stream;
    private ReadOnlyMemory<byte> _bytes;
    private byte[]? _chunk;
    private bool _isWatched;
    private bool _isReading;
    private bool _isDisposed;

    public BodyReader(ProtocolResponse response, CancellationTokenSource cancellation)
    {
        _bytes = response.Bytes;
        _stream = response.Stream;
        _cancellation = cancellation;
    }

    public void Read(PendingRead read)
    {
        if (!_bytes.IsEmpty || _stream is null)
        {
            Serve(read);
            return;
        }

        if (_isDisposed)
        {
            read.Fail("The body was closed.");
            return;
        }

        Watch(read.Cancellable);
        _ = FillAsync(read);
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _cancellation.Cancel();

        // A read that is under way gives the chunk back when it returns.
        if (!_isReading)
        {
            Release();
        }
    }

    private void Serve(PendingRead read)
    {
        var taken = read.Fill(_bytes.Span);
        _bytes = _bytes[taken..];
        read.Return(taken);
    }

    // Awaiting returns to the UI thread, whose dispatcher is the context here.
    private async Task FillAsync(PendingRead read)
    {
        _chunk ??= ArrayPool<byte>.Shared.Rent(ChunkBytes);
        _isReading = true;
        var count = 0;
        string? failure = null;

        try
        {
            count = await _stream!.ReadAsync(_chunk, _cancellation.Token);
        }
        catch (Exception exception)
        {
            failure = "The body could not be read.";
            if (!_cancellation.IsCancellationRequested)
            {
                GtkEngine.Report(exception);
            }
        }

        _isReading = false;
        if (failure is not null || _isDisposed)
        {
            read.Fail(failure ?? "The body was closed.");
        }
        else
        {
            _bytes = _chunk.AsMemory(0, count);
            Serve(read);
        }

        // Answering may have begun the next read already, which then does this.
        if (_isDisposed && !_isReading)
        {
            Release();
        }
    }

    // The page left, or aborted its fetch: a read that waits for more would hold everything for ever.
    private unsafe void Watch(nint cancellable)
    {
        if (_isWatched || cancellable == 0)
        {
            return;
        }

        _isWatched = true;
        Signal.Connect(cancellable, "cancelled", (nint)(delegate* unmanaged[Cdecl]<nint, nint, void>)&OnCancelled, this);
    }

    private void Release()
    {
        if (_chunk is { } chunk)
        {
            _chunk = null;
            _bytes = default;
            ArrayPool<byte>.Shared.Return(chunk);
        }

        _stream?.Dispose();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnCancelled(nint cancellable, nint data)
    {
        try
        {
            Signal.Target<BodyReader>(data).Dispose();
        }
        catch (Exception exception)
        {
            GtkEngine.Report(exception);
        }
    }
}
