using System.Text;

namespace Oriel.Ipc;

/// <summary>Two streams as a transport, with the lines taken out that are no messages.</summary>
internal sealed class StdioTransport : ByteTransport
{
    // What a program prints without ever ending a line is handed out in pieces of this size.
    private const int MaxStrayBytes = 16 * 1024;

    private readonly StreamTransport _streams;
    private readonly Action<string>? _onStrayLine;
    private readonly PooledBuffer _stray = new();
    private Line _line;
    private volatile bool _isShutdown;

    public StdioTransport(Stream input, Stream output, Action<string>? onStrayLine)
    {
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
        for (; ; )
        {
            var count = _isShutdown ? 0 : _streams.Read(buffer);

            // A pipe's reader is not woken by the end of the channel. What it brings afterwards comes too late.
            if (count == 0 || _isShutdown)
            {
                HandOutStray();
                _stray.Dispose();
                return 0;
            }

            var kept = _onStrayLine is null ? count : KeepMessages(buffer[..count]);
            if (kept > 0)
            {
                return kept;
            }
        }
    }

    public override void Write(ReadOnlySpan<byte> bytes) => _streams.Write(bytes);

    public override void Shutdown()
    {
        _isShutdown = true;
        _streams.Shutdown();
    }

    public override void Dispose() => Shutdown();

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
