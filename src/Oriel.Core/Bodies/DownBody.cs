using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Oriel.Ipc;
using Oriel.Protocols;

namespace Oriel;

/// <summary>Bytes of C# that wait for the page to fetch them: at once, or a stream in ranges that the page asks for.</summary>
/// <remarks>
/// Bytes at hand are copied once, into the engine's own buffer. A stream is read into one buffer, of which the engine copies: nothing is
/// read before the page asks, and no range is asked for twice.
/// </remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "The source has no timer and no handle; it is cancelled when the body is closed.")]
internal sealed class DownBody
{
    /// <summary>
    /// The largest range. Measured in WebKitGTK 2.50, which takes 8 KB at a time whatever the range, on two busy cores (medians): 64 KiB 61 MB/s,
    /// 256 KiB 102, 512 KiB 120, 1 MiB 111, and 64 for one response of all of it.
    /// </summary>
    public const int RangeBytes = 1024 * 1024;

    /// <summary>The header that says that nothing follows.</summary>
    public const string EndHeader = "X-Oriel-End";

    private static readonly Dictionary<string, string> s_end = new(StringComparer.OrdinalIgnoreCase) { [EndHeader] = "1" };

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly Stream? _stream;
    private byte[]? _buffer;
    private long _position;
    private bool _isReading;
    private bool _isClosed;

    public DownBody(ReadOnlyMemory<byte> bytes, string contentType)
    {
        _bytes = bytes;
        ContentType = contentType;
        Length = bytes.Length;
    }

    public DownBody(Stream stream, string contentType)
    {
        _stream = stream;
        ContentType = contentType;
        Length = stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : null;
    }

    public string ContentType { get; }

    public bool IsStream => _stream is not null;

    public long? Length { get; }

    /// <summary>The memory that the body holds while it is parked; of a stream its buffer.</summary>
    public long ParkedBytes => IsStream ? Math.Min(Length ?? RangeBytes, RangeBytes) : _bytes.Length;

    /// <summary>All of it, when it is bytes at hand.</summary>
    public ProtocolResponse Whole() => new() { ContentType = ContentType, Bytes = _bytes };

    /// <summary>Reads the next range.</summary>
    /// <returns>The answer to the page, and whether the body is over with it.</returns>
    public async ValueTask<(ProtocolResponse Response, bool IsOver)> ReadAsync(long offset, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return (ProtocolResponse.Error(404, "The body is gone."), true);
            }

            if (_isReading)
            {
                return (ProtocolResponse.Error(409, "A range of the body is being read. Ask for one at a time."), false);
            }

            if (offset != _position)
            {
                return (ProtocolResponse.Error(416, $"The next range of the body begins at {_position}."), false);
            }

            _isReading = true;
        }

        try
        {
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
            _buffer ??= GC.AllocateUninitializedArray<byte>((int)Math.Max(1, ParkedBytes));

            // What can seek is at hand, so a range of it is full. Anything else may be long in coming, and is given out as it comes.
            var count = _stream!.CanSeek
                ? await _stream.ReadAtLeastAsync(_buffer, _buffer.Length, throwOnEndOfStream: false, linked.Token).ConfigureAwait(false)
                : await _stream.ReadAsync(_buffer, linked.Token).ConfigureAwait(false);
            _position += count;

            var isOver = count == 0 || _position == Length;
            var response = new ProtocolResponse { ContentType = ContentType, Bytes = _buffer.AsMemory(0, count) };
            return (isOver ? response with { Headers = s_end } : response, isOver);
        }
        catch (Exception exception)
        {
            return (ErrorOf(exception), true);
        }
        finally
        {
            lock (_gate)
            {
                _isReading = false;
            }

            if (_isClosed)
            {
                Release();
            }
        }
    }

    /// <summary>Nobody reads it any more.</summary>
    public void Close()
    {
        bool isReading;
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            isReading = _isReading;
        }

        // Not on this thread, which may be the UI thread: what is cancelled and disposed here is the application's code.
        ThreadPool.UnsafeQueueUserWorkItem(
            static state =>
            {
                state.Body._closing.Cancel();
                if (!state.IsReading)
                {
                    state.Body.Release();
                }
            },
            (Body: this, IsReading: isReading),
            preferLocal: false);
    }

    // A read that was under way and the end may both come here; disposing twice does nothing.
    private void Release() => _stream?.Dispose();

    // As the answer of a command would tell of it.
    private static ProtocolResponse ErrorOf(Exception exception)
    {
        var error = exception switch
        {
            IpcException known => known.Error,
            OperationCanceledException => new IpcError(IpcErrorCode.Cancelled, "The stream was cancelled."),
            _ => new IpcError(IpcErrorCode.InternalError, exception.Message),
        };
        var json = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteNumber("code"u8, error.Code);
            writer.WriteString("message"u8, error.Message);
            writer.WriteEndObject();
        }

        return ProtocolResponse.Text(Encoding.UTF8.GetString(json.WrittenSpan), "application/json; charset=utf-8", 500);
    }
}
