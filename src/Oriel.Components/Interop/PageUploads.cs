using Oriel.Ipc;

namespace Oriel.Components.Interop;

/// <summary>Takes the bytes that a page sends beside its messages.</summary>
/// <remarks>
/// Uploads that the page begins are arrays of bytes, which a message names later: they are kept until then. Those that C# asks for have the numbers from
/// <see cref="FirstAsked"/> on, and go straight to who reads them. Thread-safe.
/// </remarks>
internal sealed class PageUploads(ComponentsOptions options) : IDisposable
{
    /// <summary>The first number of an upload that C# asks for. The page counts its own from 1.</summary>
    public const long FirstAsked = 1L << 32;

    private const int ChunkBytes = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, byte[]> _kept = [];
    private readonly Dictionary<long, UploadStream> _asked = [];

    // Of those that are kept, and of those that are coming.
    private readonly HashSet<long> _numbers = [];
    private long _next = FirstAsked;
    private long _keptBytes;
    private bool _isClosed;

    /// <summary>Takes an upload.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="content">Its bytes, which stay the caller's.</param>
    /// <param name="cancellationToken">The page has gone, or given up.</param>
    /// <returns>When it was kept, or nothing more of it is wanted.</returns>
    /// <exception cref="IpcException">It is not wanted, or too large.</exception>
    public async Task ReceiveAsync(long id, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (id >= FirstAsked)
        {
            await HandOverAsync(id, content, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await KeepAsync(id, content, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the array of an upload out, which is found once.</summary>
    /// <exception cref="PageProtocolException">There is none.</exception>
    public byte[] Take(long id)
    {
        lock (_gate)
        {
            if (!_kept.Remove(id, out var content))
            {
                throw new PageProtocolException("The page named bytes that it has not uploaded.");
            }

            _numbers.Remove(id);
            _keptBytes -= content.Length;
            return content;
        }
    }

    /// <summary>Prepares for an upload that the page will be asked for.</summary>
    /// <param name="length">Its length in bytes, by what the page said.</param>
    /// <param name="patience">How long a read waits for the page.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <exception cref="InvalidOperationException">Too many are open.</exception>
    public UploadStream Ask(long length, TimeSpan patience, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_asked.Count >= options.Limits.MaxStreams)
            {
                throw new InvalidOperationException($"{_asked.Count:N0} streams of this page are open. Dispose of those that were read.");
            }

            var stream = new UploadStream(_next++, length, patience, Forget, cancellationToken);
            _asked.Add(stream.Id, stream);
            return stream;
        }
    }

    /// <summary>The page cannot send what it was asked for. Says nothing of one that is not asked for any more.</summary>
    public void Fail(long id, string reason)
    {
        UploadStream? stream;
        lock (_gate)
        {
            _asked.TryGetValue(id, out stream);
        }

        stream?.Fail(new IOException($"The page could not send the bytes: {reason}"));
    }

    /// <summary>The session is over: nothing more comes.</summary>
    public void Dispose()
    {
        UploadStream[] open;
        lock (_gate)
        {
            _isClosed = true;
            _kept.Clear();
            open = [.. _asked.Values];
        }

        foreach (var stream in open)
        {
            stream.Fail(new IOException("The page has gone before it had sent the bytes."));
        }
    }

    private async Task HandOverAsync(long id, Stream content, CancellationToken cancellationToken)
    {
        UploadStream? stream;
        lock (_gate)
        {
            _asked.TryGetValue(id, out stream);
        }

        if (stream?.Supply(content) != true)
        {
            throw new IpcException(IpcErrorCode.InvalidParams, "Nobody reads this upload, or not any more.");
        }

        using var aborted = cancellationToken.Register(() => stream.Fail(new IOException("The page stopped sending.")));
        await stream.Finished.ConfigureAwait(false);
    }

    private async Task KeepAsync(long id, Stream content, CancellationToken cancellationToken)
    {
        Begin(id);
        using var kept = new MemoryStream();
        var isKept = false;
        try
        {
            var chunk = new byte[ChunkBytes];
            for (int count; (count = await content.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                Reserve(kept.Length, count);
                kept.Write(chunk, 0, count);
            }

            Keep(id, kept.ToArray());
            isKept = true;
        }
        finally
        {
            if (!isKept)
            {
                Release(id, kept.Length);
            }
        }
    }

    private void Begin(long id)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                throw new IpcException(IpcErrorCode.Disconnected, "The session is over.");
            }

            if (id <= 0 || _numbers.Contains(id))
            {
                throw new IpcException(IpcErrorCode.InvalidParams, "An upload has a number above 0 that no other has.");
            }

            if (_numbers.Count >= options.Limits.MaxBodies)
            {
                throw new IpcException(IpcErrorCode.Busy, $"{_numbers.Count:N0} arrays wait for the messages that name them.");
            }

            _numbers.Add(id);
        }
    }

    private void Reserve(long present, int more)
    {
        if (present + more > options.Limits.MaxMessageBytes)
        {
            throw new IpcException(
                IpcErrorCode.PayloadTooLarge,
                $"An array passed to C# has at most {options.Limits.MaxMessageBytes:N0} bytes (ComponentsOptions.Limits.MaxMessageBytes). "
                + "Pass a stream: DotNet.createJSStreamReference.");
        }

        lock (_gate)
        {
            if (_keptBytes + more > options.Limits.MaxBodyBytes)
            {
                throw new IpcException(IpcErrorCode.Busy, $"{_keptBytes:N0} bytes wait for the messages that name them.");
            }

            _keptBytes += more;
        }
    }

    private void Keep(long id, byte[] content)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                throw new IpcException(IpcErrorCode.Disconnected, "The session is over.");
            }

            _kept.Add(id, content);
        }
    }

    private void Release(long id, long bytes)
    {
        lock (_gate)
        {
            _numbers.Remove(id);
            _keptBytes -= bytes;
        }
    }

    private void Forget(UploadStream stream)
    {
        lock (_gate)
        {
            _asked.Remove(stream.Id);
        }
    }
}
