using System.Buffers;

namespace Oriel.Ipc;

/// <summary>Cuts a stream of bytes into messages: JSON lines and binary frames.</summary>
/// <remarks>
/// One growing rented buffer, into which the transport reads directly; a message points into it until the next is asked for.
/// It grows with what has arrived, never by what a head announces, and shrinks when a large message is over, unless the one before was large too. Not thread-safe.
/// </remarks>
internal sealed class FrameReader : IDisposable
{
    // 64 KB hold a batch of several hundred small messages, which a reader takes with one call.
    private const int SmallBuffer = 64 * 1024;
    private const int KeptBuffer = 256 * 1024;

    private static readonly NameTable Names = new();

    private readonly IpcLimits _limits;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(SmallBuffer);
    private int _start;
    private int _scanned;
    private int _end;
    private int _lastFrame;
    private int _frameBefore;

    public FrameReader(IpcLimits limits) => _limits = limits;

    /// <summary>Bytes of a message that is not whole yet.</summary>
    public int Incomplete => _end - _start;

    /// <summary>Where the next bytes go; never empty.</summary>
    public Span<byte> Free
    {
        get
        {
            if (_start == _end)
            {
                _start = _scanned = _end = 0;
                if (_buffer.Length > KeptBuffer && Math.Min(_lastFrame, _frameBefore) < _buffer.Length / 4)
                {
                    Replace(SmallBuffer);
                }
            }
            else if (_end == _buffer.Length)
            {
                MakeRoom();
            }

            return _buffer.AsSpan(_end);
        }
    }

    /// <summary>Takes note of bytes that were put into <see cref="Free"/>.</summary>
    public void Advance(int count) => _end += count;

    /// <summary>Takes the next whole frame.</summary>
    /// <param name="message">The message; of one that is refused, its id where it was found.</param>
    /// <param name="error">Why it is refused.</param>
    /// <param name="bytes">How long the frame was.</param>
    public FrameResult TryRead(out IpcMessage message, out IpcError? error, out int bytes)
    {
        message = default;
        error = null;
        bytes = 0;

        while (_start < _end)
        {
            var available = _buffer.AsSpan(_start, _end - _start);
            if (available[0] == BinaryFrame.Marker)
            {
                return ReadBinary(available, out message, out error, out bytes);
            }

            var end = _buffer.AsSpan(_scanned, _end - _scanned).IndexOf((byte)'\n');
            if (end < 0)
            {
                _scanned = _end;

                // One more: a carriage return in front of the line feed does not count.
                return available.Length <= _limits.MaxMessageBytes + 1L
                    ? FrameResult.Incomplete
                    : Refuse(_buffer.AsMemory(_start, available.Length), out message, out error);
            }

            var line = _buffer.AsMemory(_start, _scanned + end - _start);
            bytes = line.Length + 1;
            Take(bytes);

            if (line.Length > 0 && line.Span[^1] == (byte)'\r')
            {
                line = line[..^1];
            }

            if (line.Length > _limits.MaxMessageBytes)
            {
                // As if its end had not come with it: what becomes of a line does not depend on how the stream cut it.
                return Refuse(line, out message, out error);
            }

            if (line.Length > 0)
            {
                return EnvelopeReader.TryRead(line, _limits, out message, out error) ? FrameResult.Message : FrameResult.Refused;
            }
        }

        return FrameResult.Incomplete;
    }

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        _start = _scanned = _end = 0;
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private FrameResult Refuse(ReadOnlyMemory<byte> line, out IpcMessage message, out IpcError? error)
    {
        EnvelopeReader.TryRead(line, _limits, out message, out error);
        return FrameResult.Broken;
    }

    private FrameResult ReadBinary(ReadOnlySpan<byte> available, out IpcMessage message, out IpcError? error, out int bytes)
    {
        message = default;
        error = null;
        bytes = 0;
        if (available.Length < BinaryFrame.HeadBytes)
        {
            return FrameResult.Incomplete;
        }

        var length = BinaryFrame.PayloadBytes(available);
        if (length > _limits.MaxMessageBytes)
        {
            message = BinaryFrame.ReadHead(available);
            error = new IpcError(IpcErrorCode.PayloadTooLarge, $"A binary frame announces {length:N0} bytes; at most {_limits.MaxMessageBytes:N0} are accepted.");
            return FrameResult.Broken;
        }

        var whole = BinaryFrame.HeadBytes + (int)length;
        if (available.Length < whole)
        {
            return FrameResult.Incomplete;
        }

        bytes = whole;
        var frame = _buffer.AsMemory(_start, whole);
        Take(whole);
        error = BinaryFrame.Read(frame, _limits, Names, out message);
        return error is null ? FrameResult.Message : FrameResult.Refused;
    }

    private void Take(int bytes)
    {
        _start += bytes;
        _scanned = _start;
        (_frameBefore, _lastFrame) = (_lastFrame, bytes);
    }

    private void MakeRoom()
    {
        if (_start > _buffer.Length / 2)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            Rebase();
        }
        else
        {
            Replace(_buffer.Length * 2);
        }
    }

    private void Replace(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(size);
        _buffer.AsSpan(_start, _end - _start).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
        Rebase();
    }

    private void Rebase()
    {
        _scanned -= _start;
        _end -= _start;
        _start = 0;
    }
}

/// <summary>What came of an attempt to read a frame.</summary>
internal enum FrameResult
{
    /// <summary>The frame is not whole yet.</summary>
    Incomplete,

    /// <summary>A message.</summary>
    Message,

    /// <summary>A frame that is no message; the next one can be read.</summary>
    Refused,

    /// <summary>Where the next frame begins is not known: the stream is of no more use.</summary>
    Broken,
}
