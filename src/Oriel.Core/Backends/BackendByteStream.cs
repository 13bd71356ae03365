using System.Diagnostics.CodeAnalysis;
using Oriel.Engines;
using Oriel.Ipc;

namespace Oriel;

/// <summary>The items of bytes that a back end's generator yields, as one stream, which outlives the call that has opened it.</summary>
/// <remarks>The generator is a few items ahead of who reads, and ends when the stream is disposed.</remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "Dispose cancels the source, which has no timer and no handle.")]
internal sealed class BackendByteStream : ReadOnlyStream
{
    // Items may be large: as few as let the back end make one while another is read.
    private const int Credit = 2;

    private readonly CancellationTokenSource _ending = new();
    private readonly IAsyncEnumerator<IpcPayload> _items;
    private readonly string _method;
    private ReadOnlyMemory<byte> _item;
    private int _isDisposed;

    private BackendByteStream(BackendSession session, string method, ReadOnlyMemory<byte> arguments)
    {
        _method = method;
        _items = session.ReadStreamAsync(method, arguments, Credit, _ending.Token).GetAsyncEnumerator(CancellationToken.None);
    }

    /// <summary>Calls a generator, and waits for its first item.</summary>
    /// <returns>Its bytes; null when what it yields is not bytes. It is ended then.</returns>
    public static async ValueTask<BackendByteStream?> OpenAsync(BackendSession session, string method, ReadOnlyMemory<byte> arguments, CancellationToken cancellationToken)
    {
        // The arguments are the call's, which is over before the stream is; they are sent before the first item comes.
        var stream = new BackendByteStream(session, method, arguments);
        var isOpen = false;
        try
        {
            using var call = cancellationToken.UnsafeRegister(static ending => ((CancellationTokenSource)ending!).Cancel(), stream._ending);
            isOpen = !await stream._items.MoveNextAsync().ConfigureAwait(false) || stream._items.Current.IsBinary;
            if (isOpen)
            {
                stream._item = stream._items.Current.Memory;
            }

            return isOpen ? stream : null;
        }
        finally
        {
            if (!isOpen)
            {
                await stream._items.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var reading = cancellationToken.UnsafeRegister(static ending => ((CancellationTokenSource)ending!).Cancel(), _ending);
        while (_item.IsEmpty)
        {
            if (!await _items.MoveNextAsync().ConfigureAwait(false))
            {
                return 0;
            }

            _item = _items.Current.IsBinary
                ? _items.Current.Memory
                : throw new IpcException(IpcErrorCode.InvalidRequest, $"\"{_method}\" has yielded bytes, and then a value that is not bytes. Call it as a stream (oriel.stream).");
        }

        var count = Math.Min(buffer.Length, _item.Length);
        _item[..count].CopyTo(buffer);
        _item = _item[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            // A read under way ends by it, and the enumeration with the read.
            _ending.Cancel();
            _ = EndAsync();
        }

        base.Dispose(disposing);
    }

    private async Task EndAsync()
    {
        try
        {
            await _items.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NotSupportedException or OperationCanceledException or IpcException)
        {
            // A read was under way, which ends it; or the back end is gone.
        }
    }
}
