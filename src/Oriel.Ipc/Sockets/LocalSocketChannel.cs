using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipes;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using Oriel.Ipc.Native;

namespace Oriel.Ipc;

/// <summary>A channel to another process of the same user: a Unix domain socket, on Windows a named pipe (docs/ipc.md).</summary>
/// <remarks>The Windows half compiles and has not been run.</remarks>
public sealed class LocalSocketChannel : FramedChannel
{
    private static readonly string[] Features = [IpcReady.BinaryFrames];
    private static readonly string[] FeaturesWithMemory = [IpcReady.BinaryFrames, IpcReady.SharedMemory];

    private readonly int _sharedMemoryBytes;
    private readonly bool _isAccepted;
    private SharedMemory? _memory;

    private LocalSocketChannel(string name, ByteTransport transport, LocalSocketOptions options, int? peerProcessId, bool isAccepted)
        : base(name, "local_socket", transport, options.Limits, options.ReadWait, options.Linger)
    {
        PeerProcessId = peerProcessId;
        _isAccepted = isAccepted;
        _sharedMemoryBytes = OperatingSystem.IsLinux() ? options.SharedMemoryBytes : 0;
    }

    /// <summary>The process at the other end; null but on Linux, where the socket says so.</summary>
    public int? PeerProcessId { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> WireFeatures => _sharedMemoryBytes > 0 ? FeaturesWithMemory : Features;

    /// <summary>Connects to a listener.</summary>
    /// <exception cref="IpcException">
    /// <see cref="IpcErrorCode.Disconnected"/>: nobody listens there. <see cref="IpcErrorCode.Denied"/>: who listens is another user, or this one may not
    /// open the socket.
    /// <see cref="IpcErrorCode.Timeout"/>: the listener does not accept.
    /// </exception>
    public static async Task<LocalSocketChannel> ConnectAsync(LocalSocketAddress address, LocalSocketOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        options ??= new LocalSocketOptions();
        options.Check();
        return OperatingSystem.IsWindows()
            ? await ConnectPipeAsync(address, options, cancellationToken).ConfigureAwait(false)
            : await ConnectSocketAsync(address, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the channel of a connection, when the other end is the same user.</summary>
    /// <exception cref="IpcException"><see cref="IpcErrorCode.Denied"/>: it is somebody else. The connection is closed then.</exception>
    [UnsupportedOSPlatform("windows")]
    internal static LocalSocketChannel Create(Socket socket, LocalSocketAddress address, LocalSocketOptions options, bool isAccepted)
    {
        try
        {
            var (user, process) = PeerOf(socket);
            if (user != LibC.geteuid())
            {
                throw new IpcException(IpcErrorCode.Denied, $"The other end of {address.Path} belongs to user {user}; only this user's own processes may talk here.");
            }

            return new LocalSocketChannel(address.Name, new SocketTransport(socket), options, process, isAccepted);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    [SupportedOSPlatform("windows")]
    internal static LocalSocketChannel Create(PipeStream pipe, LocalSocketAddress address, LocalSocketOptions options, bool isAccepted) =>
        new(address.Name, new StreamTransport(pipe, pipe), options, null, isAccepted);

    /// <inheritdoc/>
    private protected override void OnReady(IpcReady ready)
    {
        base.OnReady(ready);

        // Who accepted makes the memory, for both directions.
        if (OperatingSystem.IsLinux() && _isAccepted && _memory is null && _sharedMemoryBytes > 0
            && ready.Wire.Contains(IpcReady.BinaryFrames) && ready.Wire.Contains(IpcReady.SharedMemory)
            && SharedMemory.TryCreate(_sharedMemoryBytes) is { } memory)
        {
            _memory = memory;
            OfferSharedMemory(memory);
        }
    }

    /// <inheritdoc/>
    private protected override void OnSharedMemory(ReadOnlySpan<byte> path, IpcId ringBytes)
    {
        if (!OperatingSystem.IsLinux() || _sharedMemoryBytes == 0)
        {
            base.OnSharedMemory(path, ringBytes);
        }
        else if (path.IsEmpty)
        {
            if (_isAccepted)
            {
                UseSharedMemory();
            }
        }
        else if (!_isAccepted && _memory is null && PeerProcessId is { } process && ringBytes.TryGetNumber(out var bytes)
            && SharedMemory.TryOpen(Encoding.UTF8.GetString(path), bytes, process) is { } memory)
        {
            _memory = memory;
            TakeSharedMemory(memory);
        }
    }

    [UnsupportedOSPlatform("windows")]
    [SuppressMessage("Reliability", "CA2000", Justification = "The channel owns the socket.")]
    private static async Task<LocalSocketChannel> ConnectSocketAsync(LocalSocketAddress address, LocalSocketOptions options, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var connecting = Task.Run(() => Connect(socket, address, options.ConnectTimeout), CancellationToken.None);
        try
        {
            await connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
            return Create(socket, address, options, isAccepted: false);
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            socket.Dispose();
            throw new IpcException(IpcErrorCode.Timeout, $"{address.Path} did not accept the connection within {options.ConnectTimeout}.", exception);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AccessDenied)
        {
            socket.Dispose();
            throw new IpcException(IpcErrorCode.Denied, $"This user may not open {address.Path}: {exception.Message}. Run both sides as the same user.", exception);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new IpcException(IpcErrorCode.Disconnected, $"Nobody listens at {address.Path}: {exception.Message}. Start the other side first.", exception);
        }
        catch (OperationCanceledException)
        {
            // Disposing a socket waits for its calls under way, and nothing else ends that one before its time.
            _ = connecting.ContinueWith(
                static (connecting, socket) =>
                {
                    _ = connecting.Exception;
                    ((Socket)socket!).Dispose();
                },
                socket,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            throw;
        }
    }

    // Not ConnectAsync, which makes the socket one that never blocks. A connection waits only for a listener with a full queue, by the
    // time-out for sending (unix(7)).
    [UnsupportedOSPlatform("windows")]
    private static void Connect(Socket socket, LocalSocketAddress address, TimeSpan timeout)
    {
        socket.SendTimeout = timeout == Timeout.InfiniteTimeSpan ? 0 : (int)Math.Clamp(timeout.TotalMilliseconds, 1, int.MaxValue);
        socket.Connect(new UnixDomainSocketEndPoint(address.Path));
        socket.SendTimeout = 0;
    }

    [SupportedOSPlatform("windows")]
    private static async Task<LocalSocketChannel> ConnectPipeAsync(LocalSocketAddress address, LocalSocketOptions options, CancellationToken cancellationToken)
    {
        var pipe = new NamedPipeClientStream(".", address.Path[LocalSocketAddress.PipeRoot.Length..], PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        try
        {
            await pipe.ConnectAsync(options.ConnectTimeout, cancellationToken).ConfigureAwait(false);
            return Create(pipe, address, options, isAccepted: false);
        }
        catch (TimeoutException exception)
        {
            await pipe.DisposeAsync().ConfigureAwait(false);
            throw new IpcException(IpcErrorCode.Disconnected, $"Nobody listens at {address.Path}. Start the other side first.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            await pipe.DisposeAsync().ConfigureAwait(false);
            throw new IpcException(IpcErrorCode.Denied, $"{address.Path} belongs to another user.", exception);
        }
        catch
        {
            await pipe.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // Linux: struct ucred of SO_PEERCRED (unix(7)): pid, uid, gid, as they were when the connection was made.
    [UnsupportedOSPlatform("windows")]
    private static unsafe (uint User, int? Process) PeerOf(Socket socket)
    {
        if (OperatingSystem.IsLinux())
        {
            Span<byte> credentials = stackalloc byte[12];
            socket.GetRawSocketOption(LibC.SOL_SOCKET, LibC.SO_PEERCRED, credentials);
            return (BinaryPrimitives.ReadUInt32LittleEndian(credentials[4..]), BinaryPrimitives.ReadInt32LittleEndian(credentials));
        }

        uint user, group;
        return LibC.getpeereid(socket.SafeHandle, &user, &group) == 0
            ? (user, null)
            : throw new IpcException(IpcErrorCode.Denied, "The system does not say who is at the other end of the socket.");
    }
}
