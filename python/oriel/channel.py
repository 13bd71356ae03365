"""Channels: messages both ways between two ends."""

from __future__ import annotations

import logging
import threading
import time
from abc import ABC, abstractmethod
from collections import deque
from contextlib import contextmanager
from typing import Any, Callable, Deque, FrozenSet, Iterator, List, Optional, Tuple, Union

from .errors import IpcError, IpcErrorCode
from .framing import BINARY, Frame, FrameReader, SharedOffer, write_frame
from .limits import DEFAULT_LIMITS, IpcLimits
from .message import IpcMessage, MessageRefused
from .shared_memory import SharedMemory, is_for_shared_memory

log = logging.getLogger("oriel")

_BATCH_BYTES = 64 * 1024
_CHUNK = 64 * 1024


class IpcChannel(ABC):
    """One end of a channel. Thread-safe.

    Read it either by :meth:`receive` or by :meth:`on_message`, not both.
    """

    def __init__(self, name: str, limits: IpcLimits = DEFAULT_LIMITS) -> None:
        self.name = name
        self.limits = limits

    @abstractmethod
    def send(self, message: IpcMessage) -> None:
        """Sends a message; waits while the other end is behind.

        :raises IpcError: DISCONNECTED, SHUTTING_DOWN or PAYLOAD_TOO_LARGE.
        :raises TypeError: the payload has no form that crosses.
        :raises ValueError: the payload is NaN, contains itself, or nests too deep.
        """

    @abstractmethod
    def try_send(self, message: IpcMessage) -> bool:
        """Sends a message unless that would have to wait; whether it did. For threads that must not wait; raises as :meth:`send` does."""

    @abstractmethod
    def receive(self, timeout: Optional[float] = None) -> Optional[IpcMessage]:
        """Waits for a message, at most ``timeout`` seconds (None: for ever, 0: not at all).

        :returns: None when the time is up.
        :raises IpcError: DISCONNECTED: there will be no more.
        """

    @abstractmethod
    def on_message(self, handler: Callable[[IpcMessage], None], on_end: Optional[Callable[[], None]] = None) -> None:
        """Begins to read on a thread of the channel, which calls ``handler`` with one message after the other.

        ``on_end`` is called there once the last message has been delivered.
        """

    @abstractmethod
    def shutdown(self) -> None:
        """Ends the channel for both ends; what waits in :meth:`receive` or :meth:`send` wakes."""

    @abstractmethod
    def is_shutdown(self) -> bool:
        """Whether the channel has ended, whoever ended it."""

    @abstractmethod
    def wait_for_drain(self, timeout: Optional[float] = None) -> bool:
        """Waits until everything that was sent has left this process; False when the time is up."""

    def send_json(self, data: Any) -> None:
        """Sends free data without a name."""
        self.send(IpcMessage("data", data))

    def emit(self, event: str, data: Any = None) -> None:
        """Sends an event."""
        self.send(IpcMessage("event", data, event=event))

    def close(self) -> None:
        """The same as :meth:`shutdown`."""
        self.shutdown()

    def __enter__(self) -> "IpcChannel":
        return self

    def __exit__(self, *exc_info: Any) -> None:
        self.close()


class StreamChannel(IpcChannel):
    """A channel over a stream of bytes: framing, a combining writer, and reading with a time-out.

    What differs between streams is in :meth:`_read`, :meth:`_write` and :meth:`_end`.
    """

    offers: Tuple[str, ...] = (BINARY,)
    """What this end reads beside JSON lines; goes out as ``wire`` in ``ready``."""

    def __init__(self, name: str, limits: IpcLimits = DEFAULT_LIMITS) -> None:
        super().__init__(name, limits)
        self._peer_reads: FrozenSet[str] = frozenset()
        self._shutdown = False
        self._ended_by_us = False
        self._disposed = False

        # The lock by itself where nothing waits: entering and notifying a Condition costs more than all the rest of a send.
        self._gate = threading.Lock()
        self._state = threading.Condition(self._gate)
        self._waiting = 0
        self._outgoing: List[bytes] = []
        self._queued = 0
        self._writing = False
        self._batch = threading.local()

        self._read_lock = threading.Lock()
        self._frames = FrameReader(limits)
        self._received: Deque[IpcMessage] = deque()
        self._malformed = 0
        self._reader: Optional[threading.Thread] = None
        self._memory: Optional[SharedMemory] = None

    # -- sending -----------------------------------------------------------------------------------------------------

    def send(self, message: IpcMessage) -> None:
        batch: Optional[List[bytes]] = getattr(self._batch, "frames", None)
        if batch is None and self._memory is not None and is_for_shared_memory(message.data):
            self._send_bytes(lambda: self._write_frame(message))
            return
        frame = write_frame(message, self._peer_reads, self.limits)
        if batch is None:
            self._send_bytes(frame)
            return

        batch.append(frame)
        self._batch.size += len(frame)
        if self._batch.size >= _BATCH_BYTES:
            self._flush_batch()

    def try_send(self, message: IpcMessage) -> bool:
        # Not into a batch: it is the thread's, and here many coroutines share one.
        is_shared = self._memory is not None and is_for_shared_memory(message.data)
        frame = b"" if is_shared else write_frame(message, self._peer_reads, self.limits)
        with self._gate:
            if self._shutdown:
                raise self._gone()
            if self._writing and self._queued >= self.limits.max_queued_bytes:
                return False
            if is_shared:
                frame = self._write_frame(message)
            if self._writing:
                self._outgoing.append(frame)
                self._queued += len(frame)
                return True
            self._writing = True

        try:
            written = self._write_ready(frame)
        except (OSError, ValueError):
            # Writing the rest fails as well, and ends the channel.
            written = 0
        rest = frame[written:]
        with self._gate:
            if not rest:
                rest, self._outgoing, self._queued = b"".join(self._outgoing), [], 0
                self._writing = bool(rest)
                self._tell()
        if rest:
            # It is accepted, as what is appended while another thread writes; somebody has to be that thread.
            threading.Thread(target=self._write_rest, args=(rest,), name="oriel-write " + self.name, daemon=True).start()
        elif self._shutdown:
            self._dispose_if_idle()
        return True

    def _write_frame(self, message: IpcMessage) -> bytes:
        # Under the gate: payloads lie in shared memory in the order in which their frames are sent.
        return write_frame(message, self._peer_reads, self.limits, self._memory)

    def _write_rest(self, data: bytes) -> None:
        try:
            self._write_all(data)
        except IpcError:
            # The channel has ended, as whoever reads it is told.
            pass

    @contextmanager
    def batch(self) -> Iterator[None]:
        """What this thread sends inside of the block leaves in few large writes: two to three times as many messages a second."""
        if getattr(self._batch, "frames", None) is not None:
            yield
            return

        self._batch.frames = []
        self._batch.size = 0
        try:
            yield
            self._flush_batch()
        finally:
            self._batch.frames = None

    def _flush_batch(self) -> None:
        frames, self._batch.frames, self._batch.size = self._batch.frames, [], 0
        if frames:
            self._send_bytes(b"".join(frames))

    def _send_bytes(self, frame: Union[bytes, Callable[[], bytes]]) -> None:
        # Who finds the channel idle writes, first its own and then what others have appended meanwhile, in one piece.
        with self._gate:
            if self._writing and self._queued >= self.limits.max_queued_bytes:
                self._wait_for(lambda: not self._writing or self._queued < self.limits.max_queued_bytes or self._shutdown, None)
            if self._shutdown:
                raise self._gone()
            if not isinstance(frame, bytes):
                frame = frame()
            if self._writing:
                self._outgoing.append(frame)
                self._queued += len(frame)
                return
            self._writing = True

        self._write_all(frame)

    def _write_all(self, data: bytes) -> None:
        try:
            while True:
                self._write(data)
                with self._gate:
                    if not self._outgoing:
                        self._writing = False
                        self._tell()
                        break
                    data = b"".join(self._outgoing) if len(self._outgoing) > 1 else self._outgoing[0]
                    self._outgoing = []
                    self._queued = 0
                    self._tell()
        except BaseException as error:
            # What is half written cannot be mended.
            self._finish()
            with self._gate:
                self._writing = False
                self._tell()
            self._dispose_if_idle()
            if isinstance(error, (OSError, ValueError)):
                raise self._gone() from None
            raise
        if self._shutdown:
            self._dispose_if_idle()

    def wait_for_drain(self, timeout: Optional[float] = None) -> bool:
        with self._gate:
            return self._wait_for(lambda: not self._writing and not self._outgoing, timeout)

    def _wait_for(self, predicate: Callable[[], bool], timeout: Optional[float]) -> bool:
        self._waiting += 1
        try:
            return self._state.wait_for(predicate, timeout)
        finally:
            self._waiting -= 1

    def _tell(self) -> None:
        if self._waiting:
            self._state.notify_all()

    # -- receiving ---------------------------------------------------------------------------------------------------

    def receive(self, timeout: Optional[float] = None) -> Optional[IpcMessage]:
        if self._reader is not None:
            raise RuntimeError("This channel is read by on_message; receive would take messages away from it.")

        deadline = None if timeout is None else time.monotonic() + timeout
        if not self._read_lock.acquire(timeout=-1 if timeout is None else max(0.0, timeout)):
            return None
        try:
            return self._next(deadline, timeout)
        finally:
            self._read_lock.release()
            if self._shutdown:
                self._dispose_if_idle()

    def _next(self, deadline: Optional[float], remaining: Optional[float]) -> Optional[IpcMessage]:
        while not self._received:
            if self._shutdown:
                raise self._gone()

            try:
                chunk = self._read(_CHUNK, remaining)
            except (OSError, ValueError):
                chunk = b""
            if chunk is None:
                return None
            if not chunk:
                self._finish()
                raise self._gone()

            for frame in self._frames.feed(chunk):
                self._take(frame)
            if deadline is not None:
                remaining = max(0.0, deadline - time.monotonic())
        return self._received.popleft()

    def _take(self, frame: Frame) -> None:
        if isinstance(frame, MessageRefused):
            self._refuse(frame)
            return
        if isinstance(frame, SharedOffer):
            self._take_shared_memory(frame)
            return

        if frame.type == "ready" and isinstance(frame.data, dict) and isinstance(frame.data.get("wire"), list):
            # A later ready that says nothing of it only changes the handlers.
            self._peer_reads = frozenset(item for item in frame.data["wire"] if isinstance(item, str))
        if frame.type == "response" and frame.id is None:
            log.warning("%s: the other side could not read a message: %s", self.name, frame.error.message if frame.error else frame.data)
            return
        self._received.append(frame)

    def _refuse(self, refusal: MessageRefused) -> None:
        log.warning("%s: a message was refused: %s", self.name, refusal.error.message)
        if refusal.type in ("response", "next", "done") and refusal.id is not None:
            # Whoever waits for that answer learns that it came and could not be read.
            self._received.append(IpcMessage("response", id=refusal.id, error=refusal.error))

        try:
            self._send_bytes(write_frame(refusal.answer(), self._peer_reads, self.limits))
        except IpcError:
            return
        self._malformed += 1
        if refusal.is_last or self._malformed >= self.limits.max_malformed:
            log.error("%s: closed after %d messages that could not be read.", self.name, self._malformed)
            self.shutdown()

    def _take_shared_memory(self, offer: SharedOffer) -> None:
        """Called on the thread that reads, where :attr:`FrameReader.reads_offers` is set."""

    def on_message(self, handler: Callable[[IpcMessage], None], on_end: Optional[Callable[[], None]] = None) -> None:
        # Held until the end: a receive that is under way is a second reader, too.
        if not self._read_lock.acquire(blocking=False):
            raise RuntimeError("This channel is being read already.")

        self._reader = threading.Thread(target=self._deliver, args=(handler, on_end), name="oriel-read " + self.name, daemon=True)
        self._reader.start()

    def _deliver(self, handler: Callable[[IpcMessage], None], on_end: Optional[Callable[[], None]]) -> None:
        while True:
            try:
                message = self._next(None, None)
            except IpcError:
                break
            try:
                handler(message)  # type: ignore[arg-type]
            except Exception:
                log.exception("%s: the handler of messages failed.", self.name)

        self._read_lock.release()
        self._dispose_if_idle()
        if on_end is not None:
            on_end()

    # -- ending ------------------------------------------------------------------------------------------------------

    def shutdown(self) -> None:
        self._ended_by_us = True
        self._finish()

    def is_shutdown(self) -> bool:
        return self._shutdown

    def _finish(self) -> None:
        with self._gate:
            if self._shutdown:
                return
            self._shutdown = True
            self._outgoing = []
            self._queued = 0
            self._tell()
        self._end()
        self._dispose_if_idle()

    def _dispose_if_idle(self) -> None:
        # Not while a thread reads or writes: the number of a closed descriptor is given to the next file that is opened.
        with self._gate:
            if not self._shutdown or self._writing or self._disposed or not self._read_lock.acquire(blocking=False):
                return
            self._disposed = True
        self._dispose()
        self._read_lock.release()

    def _gone(self) -> IpcError:
        if self._ended_by_us:
            return IpcError(IpcErrorCode.SHUTTING_DOWN, 'The channel "{}" has been closed.'.format(self.name))
        return IpcError(IpcErrorCode.DISCONNECTED, 'The other end of the channel "{}" is gone.'.format(self.name))

    def wait_for_hangup(self) -> bool:
        """Waits until the channel has ended, though nobody reads it; False when such a channel cannot tell."""
        return False

    # -- the stream --------------------------------------------------------------------------------------------------

    @abstractmethod
    def _read(self, size: int, timeout: Optional[float]) -> Optional[bytes]:
        """Up to ``size`` bytes; b"" at the end, None when the time is up. One thread at a time calls it."""

    @abstractmethod
    def _write(self, data: bytes) -> None:
        """Writes everything. One thread at a time calls it."""

    def _write_ready(self, data: bytes) -> int:
        """Writes what can be written without waiting, and says how much that was. One thread at a time calls it, or :meth:`_write`."""
        return 0

    @abstractmethod
    def _end(self) -> None:
        """Ends the stream for both ends and wakes whoever reads or writes it. Called once."""

    @abstractmethod
    def _dispose(self) -> None:
        """Gives the stream back to the system. Called once, when nobody reads or writes it."""
