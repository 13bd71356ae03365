using System.Diagnostics.CodeAnalysis;
using System.IO.Pipes;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Oriel.Ipc.Native;

namespace Oriel.Ipc;

/// <summary>Takes connections of this user's processes.</summary>
/// <remarks>Thread-safe. A lock file beside the socket says whether its listener lives, so that only a dead one's socket is replaced.</remarks>
public sealed class LocalSocketListener : IAsyncDisposable
{
    private readonly LocalSocketOptions _options;
    private readonly CancellationTokenSource _ending = new();
    private readonly Socket? _socket;
    private readonly FileStream? _lock;
    private int _connections;
    private string? _alias;
    private int _isDisposed;

    private LocalSocketListener(LocalSocketAddress address, LocalSocketOptions options, Socket? socket, FileStream? @lock)
    {
        Address = address;
        _options = options;
        _socket = socket;
        _lock = @lock;
    }

    /// <summary>Where it listens.</summary>
    public LocalSocketAddress Address { get; }

    /// <summary>Told of connections that were turned away. What a handler throws is ignored.</summary>
    public event Action<IpcError>? Refused;

    /// <summary>Begins to listen: from now on connections wait to be accepted.</summary>
    /// <remarks>
    /// On Windows there is no pipe before <see cref="AcceptAsync"/> waits for somebody, and none between two such calls: who connects meanwhile waits. Two
    /// listeners at one pipe's name share what comes; the second is not told.
    /// </remarks>
    /// <exception cref="IpcException">
    /// <see cref="IpcErrorCode.Busy"/>: somebody listens there. <see cref="IpcErrorCode.Denied"/>: the place is not this user's.
    /// </exception>
    public static LocalSocketListener Listen(LocalSocketAddress address, LocalSocketOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        options ??= new LocalSocketOptions();
        options.Check();

        return OperatingSystem.IsWindows()
            ? new LocalSocketListener(address, options, null, null)
            : ListenOnSocket(address, options);
    }

    /// <summary>Waits for the next connection.</summary>
    /// <remarks>Strangers and those beyond the limit are turned away, and the wait goes on.</remarks>
    /// <exception cref="IpcException">
    /// <see cref="IpcErrorCode.ShuttingDown"/>: the listener is disposed. <see cref="IpcErrorCode.Busy"/>: the system has no descriptor or memory left
    /// for the connection, which goes on waiting; accept again when something has been closed.
    /// </exception>
    public async Task<LocalSocketChannel> AcceptAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ending.Token);
            for (; ; )
            {
                var channel = OperatingSystem.IsWindows()
                    ? await AcceptPipeAsync(ending.Token).ConfigureAwait(false)
                    : await AcceptSocketAsync(ending.Token).ConfigureAwait(false);
                if (channel is not null)
                {
                    return channel;
                }
            }
        }
        catch (Exception exception) when (_isDisposed != 0 && (exception is OperationCanceledException or ObjectDisposedException or SocketException))
        {
            throw new IpcException(IpcErrorCode.ShuttingDown, $"The listener at {Address.Path} has ended.", exception);
        }
    }

    /// <summary>Makes the socket reachable under the name that RFC 0011 gives it, by a symbolic link; the link goes with the listener.</summary>
    /// <returns>The name for <c>AURORAVIEW_IPC_CHANNEL</c>.</returns>
    /// <exception cref="IpcException">
    /// <see cref="IpcErrorCode.Busy"/>: somebody has that name. <see cref="IpcErrorCode.Denied"/>: the system lets no link be made there.
    /// </exception>
    /// <remarks>On Windows a pipe has one name: listen at <see cref="LocalSocketAddress.AuroraView"/> there.</remarks>
    public string AddAuroraViewAlias()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("A Windows pipe has one name. Listen at LocalSocketAddress.AuroraView(name) instead.");
        }

        var alias = LocalSocketAddress.AuroraView(Address.Name);
        try
        {
            RemoveDeadAlias(alias.Path);
            File.CreateSymbolicLink(alias.Path, Address.Path);
        }
        catch (IOException exception)
        {
            throw new IpcException(IpcErrorCode.Busy, $"{alias.Path} is taken: {exception.Message} Use another name, or remove it.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IpcException(IpcErrorCode.Denied, $"{alias.Path} cannot be made: {exception.Message} Clients that know RFC 0011 alone cannot connect.", exception);
        }

        _alias = alias.Path;
        return alias.Name;
    }

    // What a listener leaves that was killed: a link of this user's to nothing, or to this very place, which only we hold.
    [UnsupportedOSPlatform("windows")]
    private void RemoveDeadAlias(string alias)
    {
        if (new FileInfo(alias).LinkTarget is { } target
            && (LibC.OwnerOf(alias) ?? LibC.geteuid()) == LibC.geteuid()
            && (target == Address.Path || !Path.Exists(File.ResolveLinkTarget(alias, returnFinalTarget: true)?.FullName)))
        {
            File.Delete(alias);
        }
    }

    /// <summary>Ends listening and removes the socket. Connections that were accepted go on.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _ending.CancelAsync().ConfigureAwait(false);
        if (_alias is not null && new FileInfo(_alias).LinkTarget == Address.Path)
        {
            // Ours still: somebody may have taken the name since.
            File.Delete(_alias);
        }

        if (_socket is not null)
        {
            // The socket's file while the lock is held: whoever listens there next must find its own.
            File.Delete(Address.Path);
            _socket.Dispose();
            File.Delete(LockPath(Address));
        }

        if (_lock is not null)
        {
            await _lock.DisposeAsync().ConfigureAwait(false);
        }

        _ending.Dispose();
    }

    [UnsupportedOSPlatform("windows")]
    private static LocalSocketListener ListenOnSocket(LocalSocketAddress address, LocalSocketOptions options)
    {
        address.PrepareFolder();
        var @lock = Lock(address);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            RemoveDead(address);
            socket.Bind(new UnixDomainSocketEndPoint(address.Path));

            // In front of listening: nobody can connect before the mode is right.
            File.SetUnixFileMode(address.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            socket.Listen(options.MaxConnections);
            return new LocalSocketListener(address, options, socket, @lock);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            @lock.Dispose();
            throw new IpcException(IpcErrorCode.Denied, $"Listening at {address.Path} failed: {exception.Message}", exception);
        }
        catch
        {
            socket.Dispose();
            @lock.Dispose();
            throw;
        }
    }

    private static string LockPath(LocalSocketAddress address) => address.Path + ".lock";

    private static FileStream Lock(LocalSocketAddress address)
    {
        try
        {
            for (; ; )
            {
                // Locked by the system for as long as this process lives (flock).
                var file = new FileStream(LockPath(address), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
                if (OperatingSystem.IsWindows() || LibC.IsAt(file.SafeFileHandle, LockPath(address)))
                {
                    return file;
                }

                // A listener that ended removed it between our opening and our locking: this would be a lock on nothing.
                file.Dispose();
            }
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or FileNotFoundException))
        {
            throw Taken(address, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IpcException(IpcErrorCode.Denied, $"Listening at {address.Path} failed: {exception.Message}", exception);
        }
    }

    // Somebody who knows nothing of our lock may listen there too.
    private static void RemoveDead(LocalSocketAddress address)
    {
        if (!File.Exists(address.Path) && new FileInfo(address.Path).LinkTarget is null)
        {
            return;
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        probe.Blocking = false;
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(address.Path));
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
        {
            File.Delete(address.Path);
            return;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is not (SocketError.WouldBlock or SocketError.TryAgain or SocketError.InProgress))
        {
            throw new IpcException(IpcErrorCode.Denied, $"{address.Path} exists and is not a dead socket ({exception.Message}). Remove it, or use another name.", exception);
        }

        throw Taken(address, null);
    }

    private static IpcException Taken(LocalSocketAddress address, Exception? inner)
    {
        var error = $"Somebody listens at {address.Path} already. Use another name, or end the other process.";
        return inner is null ? new IpcException(IpcErrorCode.Busy, error) : new IpcException(IpcErrorCode.Busy, error, inner);
    }

    [UnsupportedOSPlatform("windows")]
    [SuppressMessage("Reliability", "CA2000", Justification = "The channel owns the socket.")]
    private async Task<LocalSocketChannel?> AcceptSocketAsync(CancellationToken cancellationToken)
    {
        Socket socket;
        try
        {
            socket = await _socket!.AcceptAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionAborted or SocketError.ConnectionReset)
        {
            // Who connected has gone again.
            return null;
        }
        catch (SocketException exception) when (_isDisposed == 0)
        {
            throw new IpcException(IpcErrorCode.Busy, $"The connection that waits at {Address.Path} cannot be accepted now: {exception.Message}. Close what is not needed, and accept again.", exception);
        }

        if (!TryCount())
        {
            socket.Dispose();
            return null;
        }

        try
        {
            return Count(LocalSocketChannel.Create(socket, Address, _options, isAccepted: true));
        }
        catch (Exception exception)
        {
            // Whatever it is, it is about that one connection.
            Interlocked.Decrement(ref _connections);
            Refuse(exception is IpcException named ? named.Error : new IpcError(IpcErrorCode.InternalError, $"A connection to {Address.Path} could not be taken: {exception.Message}"));
            return null;
        }
    }

    [SupportedOSPlatform("windows")]
    [SuppressMessage("Reliability", "CA2000", Justification = "The channel owns the pipe.")]
    private async Task<LocalSocketChannel?> AcceptPipeAsync(CancellationToken cancellationToken)
    {
        const int Buffer = 64 * 1024;
        var pipe = new NamedPipeServerStream(
            Address.Path[LocalSocketAddress.PipeRoot.Length..],
            PipeDirection.InOut,
            NamedPipeServerStream.MaxAllowedServerInstances,
            PipeTransmissionMode.Byte,
            PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly,
            Buffer,
            Buffer);
        try
        {
            await pipe.WaitForConnectionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await pipe.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        if (!TryCount())
        {
            await pipe.DisposeAsync().ConfigureAwait(false);
            return null;
        }

        try
        {
            return Count(LocalSocketChannel.Create(pipe, Address, _options, isAccepted: true));
        }
        catch
        {
            Interlocked.Decrement(ref _connections);
            await pipe.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private bool TryCount()
    {
        if (Interlocked.Increment(ref _connections) <= _options.MaxConnections)
        {
            return true;
        }

        Interlocked.Decrement(ref _connections);
        Refuse(new IpcError(IpcErrorCode.Busy, $"{Address.Path} has {_options.MaxConnections} connections, which is the limit."));
        return false;
    }

    private void Refuse(IpcError error)
    {
        try
        {
            Refused?.Invoke(error);
        }
        catch (Exception)
        {
            // A log that fails must not end the accepting.
        }
    }

    private LocalSocketChannel Count(LocalSocketChannel channel)
    {
        _ = channel.Closed.ContinueWith(
            static (_, listener) => Interlocked.Decrement(ref ((LocalSocketListener)listener!)._connections),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return channel;
    }
}
