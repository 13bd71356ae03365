"""Memory that two processes share for large payloads: a ring in each direction (docs/ipc.md, shm1). Linux."""

from __future__ import annotations

import mmap
import os
import re
import struct
import sys
import threading
from typing import Optional

from .values import BYTES

SHARED = "shm1"
"""What a ``ready`` offers in ``wire`` by who can read payloads in shared memory."""

MIN_SHARED_BYTES = 64 * 1024
"""Payloads of fewer bytes go by the socket."""

REFERENCE = struct.Struct("<qi")
"""Where a payload begins, counted from the first byte ever written, and how long it is."""

# Positions in the memory are read and written as whole numbers of this machine.
IS_SUPPORTED = sys.platform == "linux" and sys.byteorder == "little"

_MIN_RING = 64 * 1024
_MAX_RING = 512 * 1024 * 1024
_HEAD = 4096
_MAKERS_RING_READ = 64 // 8
_OUR_RING_READ = 128 // 8
_ALIGNMENT = 64
_F_GET_SEALS = 1034
_F_SEAL_SHRINK = 2


class SharedMemory:
    """The memory that the other side has made. One thread at a time writes, and one reads."""

    def __init__(self, descriptor: int, ring_bytes: int) -> None:
        self._map = mmap.mmap(descriptor, _HEAD + 2 * ring_bytes)
        self._bytes = memoryview(self._map)
        self._numbers = self._bytes[:_HEAD].cast("q")
        self._size = ring_bytes
        self._read = 0
        self._written = 0
        self._barrier = threading.Lock()

    @classmethod
    def open(cls, path: bytes, ring_bytes: int, process: int) -> "Optional[SharedMemory]":
        """Opens what a peer says it has made; None when it is not a sealed memory of that process and of that size."""
        descriptor_of_peer = re.compile(b"/proc/%d/fd/[0-9]{1,10}" % process)
        if not IS_SUPPORTED or not _MIN_RING <= ring_bytes <= _MAX_RING or not descriptor_of_peer.fullmatch(path):
            return None

        import fcntl

        try:
            # Whatever the descriptor is: a pipe that nobody writes would block an open for ever.
            if not os.readlink(path).startswith(b"/memfd:"):
                return None
            descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NONBLOCK)
        except OSError:
            return None
        try:
            # Memory that its maker can shorten would end this process by a signal.
            is_sealed = fcntl.fcntl(descriptor, _F_GET_SEALS) & _F_SEAL_SHRINK
            if not is_sealed or os.fstat(descriptor).st_size != _HEAD + 2 * ring_bytes:
                return None
            return cls(descriptor, ring_bytes)
        except (OSError, ValueError):
            # Not to be had: payloads go by the socket.
            return None
        finally:
            os.close(descriptor)

    def write(self, payload: bytes) -> Optional[bytes]:
        """Puts a payload in, and gives the reference to it; None when there is no room."""
        length = len(payload)
        consumed = self._numbers[_OUR_RING_READ]
        begin = -(-self._written // _ALIGNMENT) * _ALIGNMENT
        if self._size - begin % self._size < length:
            begin += self._size - begin % self._size
        end = begin + length
        # What stands there is the peer's word.
        if not 0 <= consumed <= self._written or length > self._size or end - consumed > self._size:
            return None

        start = _HEAD + self._size + begin % self._size
        self._bytes[start : start + length] = payload
        self._written = end
        return REFERENCE.pack(begin, length)

    def read(self, reference: bytes, most: int) -> Optional[bytes]:
        """A copy of the payload, whose room the other side gets back; None when the reference lies or it has more than ``most`` bytes."""
        if len(reference) != REFERENCE.size:
            return None
        begin, length = REFERENCE.unpack(reference)
        if not 0 <= length <= min(self._size, most) or not 0 <= begin - self._read <= self._size or begin % self._size + length > self._size:
            return None

        start = _HEAD + begin % self._size
        payload = bytes(self._bytes[start : start + length])
        self._read = begin + length
        # Python has no barrier of its own, but its locks are: the room is given back once the copy has been made.
        with self._barrier:
            pass
        with self._barrier:
            self._numbers[_MAKERS_RING_READ] = self._read
        return payload

    def close(self) -> None:
        """Unmaps the memory; nobody may read it or write to it any more."""
        self._numbers.release()
        self._bytes.release()
        self._map.close()


def is_for_shared_memory(payload: object) -> bool:
    """Whether a payload is worth the way through shared memory."""
    return isinstance(payload, BYTES) and (payload.nbytes if isinstance(payload, memoryview) else len(payload)) >= MIN_SHARED_BYTES
