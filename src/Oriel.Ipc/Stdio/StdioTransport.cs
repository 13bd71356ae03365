using System.Text;

namespace Oriel.Ipc;

/// <summary>Two streams as a transport, with the lines taken out that are no messages.</summary>
internal sealed class StdioTransport : ByteTransport
{
    // What a program prints without ever ending a line is handed out in pieces of this size.
    private const int MaxStrayBytes = 16 * 1024;

    private readonly Lock _gate = new();
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly StreamTransport _streams;
    private readonly Action<string>? _onStrayLine;
    private readonly PooledBuffer _stray = new();
    private Line _line;
    private bool _isReading;
    private bool _isWriting;
    private bool _isAtEnd;
    private volatile bool _isShutdown;

    public StdioTransport(Stream input, Stream output, Action<string>? onStrayLine)
    {
        _input = input;
        _output = output;
        _streams = new StreamTransport(input, output);
        _onStrayLine = onStrayLine;
    }

    private enum Line
    {
        Begins,
        IsMessage,
        IsStray,
    }

    public override int Read(Span<byte> buffer)
    {
        if (!BeginReading())
        {
            return 0;
        }

        var kept = 0;
        try
        {
            // A pipe's reader is not woken by the end of the channel. Messages come too late then; what a child prints on its way out does not.
            int count;
            while (kept == 0 && (count = _streams.Read(buffer)) > 0)
            {
                kept = _onStrayLine is null ? count : KeepMessages(buffer[..count]);
                if (_isShutdown)
                {
                    kept = 0;
                    if (_onStrayLine is null)
                    {
                        break;
                    }
                }
            }
        }
        finally
        {
            EndReading(isAtEnd: kept == 0);
        }

        return kept;
    }

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_isShutdown)
            {
                throw new IOException("The stream is closed.");
            }

            _isWriting = true;
        }

        try
        {
            _streams.Write(bytes);
        }
        finally
        {
            lock (_gate)
            {
                _isWriting = false;
                if (_isShutdown)
                {
                    _output.Dispose();
                }
            }
        }
    }

    public override void Shutdown()
    {
        lock (_gate)
        {
            _isShutdown = true;

            // Closing a stream that is in use would wait for its user, and that one for a child that runs on: the user closes it.
            if (!_isWriting)
            {
                _output.Dispose();
            }

            if (_isReading)
            {
                return;
            }

            if (_onStrayLine is null || _isAtEnd)
            {
                _input.Dispose();
                return;
            }

            // Nobody reads just now, and nobody will: a child that prints on its way out would break at it.
            _isReading = true;
            new Thread(ReadRest, 256 * 1024) { IsBackground = true, Name = "ipc rest" }.Start();
        }
    }

    public override void Dispose() => Shutdown();

    private void ReadRest()
    {
        try
        {
            var buffer = new byte[4 * 1024];
            int count;
            while ((count = _streams.Read(buffer)) > 0)
            {
                KeepMessages(buffer.AsSpan(0, count));
            }
        }
        catch (IOException)
        {
            // The other process is gone.
        }
        finally
        {
            EndReading(isAtEnd: true);
        }
    }

    private bool BeginReading()
    {
        lock (_gate)
        {
            return _isReading = !_isShutdown;
        }
    }

    private void EndReading(bool isAtEnd)
    {
        if (isAtEnd)
        {
            HandOutStray();
            _stray.Dispose();
        }

        lock (_gate)
        {
            _isReading = false;
            _isAtEnd |= isAtEnd;
            if (_isShutdown)
            {
                _input.Dispose();
            }
        }
    }

    // Moves the bytes of messages to the front; returns how many there are.
    private int KeepMessages(Span<byte> bytes)
    {
        var kept = 0;
        for (var rest = bytes; !rest.IsEmpty;)
        {
            if (_line == Line.Begins)
            {
                _line = rest[0] == (byte)'{' ? Line.IsMessage : Line.IsStray;
            }

            var end = rest.IndexOf((byte)'\n');
            var part = end < 0 ? rest : rest[..(end + 1)];
            rest = rest[part.Length..];

            if (_line == Line.IsMessage)
            {
                part.CopyTo(bytes[kept..]);
                kept += part.Length;
            }
            else
            {
                GatherStray(part);
            }

            if (end >= 0)
            {
                HandOutStray();
                _line = Line.Begins;
            }
        }

        return kept;
    }

    private void GatherStray(ReadOnlySpan<byte> part)
    {
        while (!part.IsEmpty)
        {
            var piece = part[..Math.Min(part.Length, MaxStrayBytes - _stray.Length)];
            _stray.Write(piece);
            part = part[piece.Length..];

            if (_stray.Length == MaxStrayBytes)
            {
                HandOutStray();
            }
        }
    }

    private void HandOutStray()
    {
        var text = _stray.Span.TrimEnd("\r\n"u8);
        if (!text.IsEmpty)
        {
            try
            {
                _onStrayLine!(Encoding.UTF8.GetString(text));
            }
            catch (Exception)
            {
                // A log that fails must not end the channel.
            }
        }

        _stray.Truncate(0);
    }
}
