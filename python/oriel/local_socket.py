"""Channels between processes of one machine and one user: Unix domain sockets, and named pipes on Windows."""

from __future__ import annotations

import errno
import os
import select
import socket
import stat
import struct
import sys
import threading
import time
from typing import Any, Optional, Tuple

from .channel import StreamChannel, log
from .errors import IpcError, IpcErrorCode
from .framing import BINARY, SharedOffer, write_mapped
from .limits import DEFAULT_LIMITS, IpcLimits
from .paths import check_private, make_private, rfc_address, runtime_folder, socket_address
from .shared_memory import IS_SUPPORTED, SHARED, SharedMemory

if sys.platform == "win32":
    from . import named_pipe
else:
    import fcntl


class LocalSocketChannel(StreamChannel):
    """One end of a local socket. :meth:`connect` makes one; a server's :meth:`~LocalSocketChannelServer.accept` the other."""

    def __init__(self, name: str, stream: Any, limits: IpcLimits = DEFAULT_LIMITS) -> None:
        super().__init__(name, limits)
        self._stream: Any = stream if sys.platform == "win32" else _SocketStream(stream)

    @property
    def uses_shared_memory(self) -> bool:
        """Whether large payloads lie in memory that both processes share."""
        return self._memory is not None

    @classmethod
    def connect(cls, name: str, limits: IpcLimits = DEFAULT_LIMITS) -> "LocalSocketChannel":
        """Connects to the channel of a name, or of an absolute path.

        :raises IpcError: DISCONNECTED: nobody listens there; DENIED: who listens is another user.
        :raises ValueError: that cannot be a name.
        """
        return cls._connect(name, socket_address(name), limits)

    @classmethod
    def connect_rfc(cls, name: str, limits: IpcLimits = DEFAULT_LIMITS) -> "LocalSocketChannel":
        """Connects to a name of RFC 0011: /tmp/auroraview_<name>, or the pipe auroraview_<name>."""
        return cls._connect(name, rfc_address(name), limits)

    @classmethod
    def _connect(cls, name: str, address: str, limits: IpcLimits) -> "LocalSocketChannel":
        try:
            if sys.platform == "win32":
                return cls(name, named_pipe.connect(address), limits)

            if os.path.dirname(address) == runtime_folder():
                check_private(runtime_folder())
            connection = _connect_socket(address)
            channel = cls(name, connection, limits)
            channel._offer_shared_memory(connection)
            return channel
        except OSError as error:
            raise IpcError(
                IpcErrorCode.DISCONNECTED, "Nobody listens at {} ({}). Start the other side first.".format(address, error.strerror or error)
            ) from None

    @staticmethod
    def server(name: str, limits: IpcLimits = DEFAULT_LIMITS) -> "LocalSocketChannelServer":
        """Listens at a name; the same as ``LocalSocketChannelServer(name)``."""
        return LocalSocketChannelServer(name, limits)

    def _offer_shared_memory(self, connection: socket.socket) -> None:
        # Who accepted makes the memory, and who connected opens it.
        if IS_SUPPORTED:
            self._peer_process = _peer_credentials(connection)[0]
            self._frames.reads_offers = True
            self.offers = (BINARY, SHARED)

    def _take_shared_memory(self, offer: SharedOffer) -> None:
        if self._memory is not None:
            return
        memory = SharedMemory.open(offer.path, offer.ring_bytes, self._peer_process)
        if memory is None:
            log.warning("%s: the memory that the other side offers cannot be used; payloads go by the socket.", self.name)
            return
        self._frames.memory = memory
        try:
            self._send_bytes(write_mapped())
        finally:
            # Behind that word: what it allows may follow now.
            self._memory = memory

    def _read(self, size: int, timeout: Optional[float]) -> Optional[bytes]:
        return self._stream.read(size, timeout)

    def _write(self, data: bytes) -> None:
        self._stream.write(data)

    def _write_ready(self, data: bytes) -> int:
        return 0 if sys.platform == "win32" else self._stream.write_ready(data)

    def wait_for_hangup(self) -> bool:
        return self._stream.wait_for_hangup()

    def _end(self) -> None:
        self._stream.end()

    def _dispose(self) -> None:
        self._stream.dispose()
        if self._memory is not None:
            self._memory.close()


class LocalSocketChannelServer:
    """Listens at a name for connections of the same user; others are turned away.

    The socket has mode 0600, and lies in a folder with mode 0700 unless ``name`` is a path. A socket that a dead server left is
    replaced; a live server's is not.

    :raises IpcError: BUSY: a live server listens there; DENIED: the folder or the path is somebody else's.
    """

    MAX_CONNECTIONS = 256
    """Connections that are open at once; who comes then is turned away."""

    def __init__(self, name: str, limits: IpcLimits = DEFAULT_LIMITS) -> None:
        self.name = name
        self.address = socket_address(name)
        self._limits = limits
        self._closed = False
        self._open: "set[LocalSocketChannel]" = set()
        self._accepting = threading.Lock()
        self._listener: Any = named_pipe.Listener(self.address) if sys.platform == "win32" else _SocketListener(self.address)

    def accept(self, timeout: Optional[float] = None) -> Optional[LocalSocketChannel]:
        """Waits for a connection, at most ``timeout`` seconds.

        :returns: None when the time is up.
        :raises IpcError: SHUTTING_DOWN: the server has been closed.
        """
        with self._accepting:
            stream = None if self._closed else self._listener.accept(timeout, self._has_room)
            if self._closed:
                self._listener.dispose()
                if stream is not None:
                    stream.close()
                raise IpcError(IpcErrorCode.SHUTTING_DOWN, 'The server "{}" has been closed.'.format(self.name))
        if stream is None:
            return None

        channel = LocalSocketChannel(self.name, stream, self._limits)
        self._open.add(channel)
        return channel

    def _has_room(self) -> bool:
        self._open = {channel for channel in self._open if not channel.is_shutdown()}
        return len(self._open) < self.MAX_CONNECTIONS

    def close(self) -> None:
        """Listens no more and removes the socket. Connections that were accepted live on."""
        if self._closed:
            return
        self._closed = True
        self._listener.end()
        if self._accepting.acquire(blocking=False):
            self._listener.dispose()
            self._accepting.release()

    shutdown = close

    def __enter__(self) -> "LocalSocketChannelServer":
        return self

    def __exit__(self, *exc_info: Any) -> None:
        self.close()


class _SocketStream:
    def __init__(self, connection: socket.socket) -> None:
        # Blocking for good: a time-out set on a socket holds for its writes as well.
        connection.setblocking(True)
        self._socket = connection
        self._timeout: Optional[float] = None

    def read(self, size: int, timeout: Optional[float]) -> Optional[bytes]:
        try:
            if timeout is not None and timeout <= 0:
                return self._socket.recv(size, socket.MSG_DONTWAIT)
            if timeout != self._timeout:
                self._set_timeout(timeout)
            return self._socket.recv(size)
        except BlockingIOError:
            return None

    def _set_timeout(self, timeout: Optional[float]) -> None:
        # This option is for reading alone; and a poll() before each recv() costs twice the round trip.
        seconds = 0.0 if timeout is None else min(max(timeout, 0.000001), 1e9)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", int(seconds), int(seconds % 1 * 1e6)))
        self._timeout = timeout

    def write(self, data: bytes) -> None:
        self._socket.sendall(data)

    def write_ready(self, data: bytes) -> int:
        try:
            return self._socket.send(data, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return 0

    def wait_for_hangup(self) -> bool:
        try:
            # A copy, so that the descriptor stays what it is when the socket is closed meanwhile.
            with self._socket.dup() as copy:
                hangup = select.poll()
                hangup.register(copy, 0)
                hangup.poll()
        except OSError:
            # Closed already.
            pass
        return True

    def end(self) -> None:
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            # The other end was faster.
            pass

    def dispose(self) -> None:
        self._socket.close()


def _connect_socket(path: str) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.connect(path)
        uid = _peer_uid(connection)
        if uid != os.geteuid():
            raise IpcError(IpcErrorCode.DENIED, "Who listens at {} is user {}, not you.".format(path, uid))
    except BaseException:
        connection.close()
        raise
    return connection


def _peer_credentials(connection: socket.socket) -> Tuple[int, int, int]:
    """The process, the user and the group of the other end, on Linux."""
    return struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))  # type: ignore[return-value]


def _peer_uid(connection: socket.socket) -> int:
    if hasattr(socket, "SO_PEERCRED"):
        return _peer_credentials(connection)[1]
    if sys.platform == "darwin":
        # struct xucred begins with its version and the uid; SOL_LOCAL and LOCAL_PEERCRED have no names in the module.
        return struct.unpack_from("II", connection.getsockopt(0, 1, 76))[1]
    raise IpcError(IpcErrorCode.DENIED, "This system does not say which user the other end of a socket is.")


class _SocketListener:
    def __init__(self, path: str) -> None:
        self._path = path
        folder = os.path.dirname(path)
        if folder == runtime_folder():
            make_private(folder)

        self._lock = _lock(path)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._identity = _listen(self._socket, path)
            self._socket.setblocking(False)
        except BaseException:
            self._socket.close()
            self._unlock()
            raise

        # A thread in poll() is woken by the second of these, whatever the system thinks of shutting down a listening socket.
        self._wake, self._woken = socket.socketpair()
        self._poll = select.poll()
        self._poll.register(self._socket, select.POLLIN)
        self._poll.register(self._woken, select.POLLIN)

    def accept(self, timeout: Optional[float], has_room: Any) -> Optional[socket.socket]:
        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            ready = self._poll.poll(None if deadline is None else max(0.0, deadline - time.monotonic()) * 1000)
            if not ready or any(descriptor == self._woken.fileno() for descriptor, _ in ready):
                return None
            try:
                connection, _ = self._socket.accept()
            except (BlockingIOError, ConnectionAbortedError):
                # Who knocked is gone.
                continue

            if _peer_uid(connection) != os.geteuid():
                log.warning("%s: user %d was turned away.", self._path, _peer_uid(connection))
            elif not has_room():
                log.warning("%s: a connection was turned away; too many are open.", self._path)
            else:
                return connection
            connection.close()

    def end(self) -> None:
        if _identity_of(self._path) == self._identity:
            os.unlink(self._path)
        self._unlock()
        self._wake.send(b"x")

    def _unlock(self) -> None:
        # Removed while it is held: whoever opens it later makes a new one.
        try:
            os.unlink(self._path + ".lock")
        except FileNotFoundError:
            # Somebody cleaned up.
            pass
        os.close(self._lock)

    def dispose(self) -> None:
        self._socket.close()
        self._wake.close()
        self._woken.close()


def _listen(listener: socket.socket, path: str) -> Optional[Tuple[int, int]]:
    try:
        if os.path.lexists(path):
            _remove_dead(path)
        listener.bind(path)
        # Nobody can connect before listen().
        os.chmod(path, 0o600)
        listener.listen(64)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise _in_use(path) from None
        raise
    return _identity_of(path)


def _lock(path: str) -> int:
    """Holds the place for as long as this process lives: two servers that find a dead socket must not remove each other's new one.

    Oriel's listener in C# holds the same lock.
    """
    lock_path = path + ".lock"
    while True:
        try:
            lock = os.open(lock_path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise IpcError(IpcErrorCode.DENIED, "{} cannot be opened ({}). Listen elsewhere.".format(lock_path, error.strerror)) from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            raise _in_use(path) from None

        status = os.fstat(lock)
        if _identity_of(lock_path) == (status.st_dev, status.st_ino):
            return lock
        # Its last holder removed it between our opening and our locking.
        os.close(lock)


def _remove_dead(path: str) -> None:
    status = os.lstat(path)
    if not stat.S_ISSOCK(status.st_mode):
        raise IpcError(IpcErrorCode.DENIED, "{} is there and is not a socket. Remove it, or listen elsewhere.".format(path))
    if status.st_uid != os.geteuid():
        raise IpcError(IpcErrorCode.DENIED, "{} belongs to user {}. Listen elsewhere.".format(path, status.st_uid))

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        # A live server whose queue is full would let a blocking connect wait.
        probe.setblocking(False)
        result = probe.connect_ex(path)
    if result == errno.ECONNREFUSED:
        os.unlink(path)
    elif result != errno.ENOENT:
        raise _in_use(path)


def _in_use(path: str) -> IpcError:
    return IpcError(IpcErrorCode.BUSY, "Another server listens at {}. End it, or use another name.".format(path))


def _identity_of(path: str) -> Optional[Tuple[int, int]]:
    try:
        status = os.lstat(path)
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino
