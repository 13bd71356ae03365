"""Channels between the threads of one process."""

from __future__ import annotations

import threading
from collections import deque
from typing import Deque, Optional, Tuple

from .channel import StreamChannel
from .framing import BINARY
from .limits import DEFAULT_LIMITS, IpcLimits


class BytePipe:
    """Bytes from one thread to another, bounded: who writes more than fits waits."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._chunks: Deque[bytes] = deque()
        self._size = 0
        self._closed = False
        self._changed = threading.Condition(threading.Lock())

    def put(self, chunk: bytes, wait: bool = True) -> bool:
        """False when there is no room and it is not to wait.

        :raises OSError: the pipe is closed.
        """
        with self._changed:
            # One chunk is always taken, however large, or it would wait for ever.
            while self._chunks and self._size + len(chunk) > self._capacity and not self._closed:
                if not wait:
                    return False
                self._changed.wait()
            if self._closed:
                raise BrokenPipeError("The pipe is closed.")
            self._chunks.append(chunk)
            self._size += len(chunk)
            self._changed.notify_all()
            return True

    def get(self, timeout: Optional[float]) -> Optional[bytes]:
        """A chunk; b"" when the pipe is closed and empty, None when the time is up."""
        with self._changed:
            if not self._changed.wait_for(lambda: bool(self._chunks) or self._closed, timeout):
                return None
            if not self._chunks:
                return b""
            chunk = self._chunks.popleft()
            self._size -= len(chunk)
            self._changed.notify_all()
            return chunk

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()


class ThreadChannel(StreamChannel):
    """One end of a channel inside of a process; :meth:`pair` makes both.

    Messages are written and read as on a socket, so that values arrive as they would from another process and no two threads
    share an object.
    """

    def __init__(self, name: str, incoming: BytePipe, outgoing: BytePipe, limits: IpcLimits = DEFAULT_LIMITS) -> None:
        super().__init__(name, limits)
        self._incoming = incoming
        self._pipe = outgoing
        # Both ends are this package.
        self._peer_reads = frozenset((BINARY,))

    @classmethod
    def pair(cls, name: str = "threads", capacity: int = 1024 * 1024, limits: IpcLimits = DEFAULT_LIMITS) -> "Tuple[ThreadChannel, ThreadChannel]":
        """Two ends of one channel; ``capacity``: bytes that wait in each direction before a sender has to."""
        left, right = BytePipe(capacity), BytePipe(capacity)
        return cls(name + "_a", left, right, limits), cls(name + "_b", right, left, limits)

    def _read(self, size: int, timeout: Optional[float]) -> Optional[bytes]:
        return self._incoming.get(timeout)

    def _write(self, data: bytes) -> None:
        self._pipe.put(data)

    def _write_ready(self, data: bytes) -> int:
        return len(data) if self._pipe.put(data, wait=False) else 0

    def _end(self) -> None:
        self._incoming.close()
        self._pipe.close()

    def _dispose(self) -> None:
        pass
