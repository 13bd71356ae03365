"""Our calls, which the other side answers."""

from __future__ import annotations

import itertools
import threading
import time
from collections import deque
from typing import Any, Callable, Deque, Dict, Iterator, Optional

from .channel import IpcChannel
from .errors import IpcError, IpcErrorCode
from .limits import MAX_CREDIT
from .message import IpcMessage


class Requests:
    """Requests of ours that are not answered yet."""

    def __init__(self, channel: IpcChannel, on_begin: Callable[[], None]) -> None:
        """``on_begin`` is called when an answer is awaited from now on."""
        self._channel = channel
        self._on_begin = on_begin
        self._gate = threading.Lock()
        self._pending: Dict[str, _Pending] = {}
        self._ids = itertools.count(1)
        self._closed = False

    @property
    def are_pending(self) -> bool:
        """Whether an answer is awaited."""
        return bool(self._pending)

    def call(self, method: str, data: Any, timeout: Optional[float]) -> Any:
        """Calls and waits, at most ``timeout`` seconds.

        :raises IpcError: the call failed there, TIMEOUT, or the other side is gone.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        pending = self._register(_Pending())
        try:
            self._channel.send(IpcMessage("request", data, pending.id, method))
            if not pending.wait(deadline):
                self._abandon(pending)
                raise IpcError(IpcErrorCode.TIMEOUT, '"{}" did not answer within {} s.'.format(method, timeout))
        except KeyboardInterrupt:
            self._abandon(pending)
            raise
        finally:
            self._remove(pending.id)

        if pending.error is not None:
            raise pending.error
        return pending.items[0]

    def stream(self, method: str, data: Any, credit: int, timeout: Optional[float]) -> Iterator[Any]:
        """Calls, and gives the items as they come; closing the iterator cancels the call.

        :raises IpcError: as for :meth:`call`; ``timeout`` is the wait for one item.
        """
        if not 1 <= credit <= MAX_CREDIT:
            raise ValueError("credit is 1 to {}.".format(MAX_CREDIT))
        return self._stream(method, data, credit, timeout)

    def _stream(self, method: str, data: Any, credit: int, timeout: Optional[float]) -> Iterator[Any]:
        # Credit is renewed by halves: a message of ours for half a window, and the other side never runs dry in between.
        renewal = max(1, credit // 2)
        consumed = 0
        pending = self._register(_Pending(credit))
        try:
            self._channel.send(IpcMessage("request", data, pending.id, method, credit=credit))
            while True:
                if not pending.wait(None if timeout is None else time.monotonic() + timeout):
                    raise IpcError(IpcErrorCode.TIMEOUT, '"{}" sent no item within {} s.'.format(method, timeout))
                items, ended = pending.take()
                for item in items:
                    yield item
                    consumed += 1
                    if consumed == renewal and not ended:
                        consumed = 0
                        pending.allow(renewal)
                        self._channel.send(IpcMessage("credit", renewal, pending.id))
                if ended:
                    break
        finally:
            self._abandon(pending)
        if pending.error is not None:
            raise pending.error

    def settle(self, message: IpcMessage) -> None:
        """Takes a response, an item or the end of a stream. What nobody waits for came too late, and is ignored."""
        with self._gate:
            if message.type == "next":
                pending = self._pending.get(message.id)  # type: ignore[arg-type]
            else:
                pending = self._pending.pop(message.id, None)  # type: ignore[arg-type]
        if pending is not None and not pending.settle(message):
            self._abandon(pending)

    def close(self, error: IpcError) -> None:
        """Fails what waits, and everything that comes."""
        with self._gate:
            self._closed = True
            waiting = list(self._pending.values())
            self._pending.clear()
        for pending in waiting:
            pending.fail(error)

    def _register(self, pending: "_Pending") -> "_Pending":
        with self._gate:
            if self._closed:
                raise IpcError(IpcErrorCode.DISCONNECTED, 'The other end of the channel "{}" is gone.'.format(self._channel.name))
            pending.id = str(next(self._ids))
            self._pending[pending.id] = pending
        self._on_begin()
        return pending

    def _remove(self, id: str) -> bool:
        with self._gate:
            return self._pending.pop(id, None) is not None

    def _abandon(self, pending: "_Pending") -> None:
        if self._remove(pending.id):
            try:
                self._channel.send(IpcMessage("cancel", id=pending.id))
            except IpcError:
                # The channel ended, which cancels the call as well.
                pass


class _Pending:
    def __init__(self, credit: int = 0) -> None:
        self.id = ""
        self.items: Deque[Any] = deque()
        self.error: Optional[IpcError] = None
        self._is_stream = credit > 0
        # The last report of a call may come beyond the credit.
        self._allowed = credit + 1
        self._ended = False
        self._gate = threading.Lock()
        # Open when there is something to look at. One thread waits for it: a Condition would cost it several microseconds more.
        self._news = threading.Lock()
        self._news.acquire()

    def wait(self, deadline: Optional[float]) -> bool:
        """Waits for an item or the end. One thread alone does."""
        while True:
            with self._gate:
                if self.items or self._ended:
                    return True
            if not self._news.acquire(timeout=-1 if deadline is None else max(0.0, deadline - time.monotonic())):
                return False

    def _tell(self) -> None:
        if self._news.locked():
            self._news.release()

    def take(self) -> "tuple[Deque[Any], bool]":
        with self._gate:
            items, self.items = self.items, deque()
            return items, self._ended

    def settle(self, message: IpcMessage) -> bool:
        """False when the other side broke the rules and the call is over."""
        if message.error is not None:
            self.fail(message.error)
            return True

        with self._gate:
            broken = message.type == "next" and self._allowed == 0
            if broken:
                self.error = IpcError(IpcErrorCode.INVALID_REQUEST, "The other side sent more items of a stream than it was allowed.")
            elif message.type != "done" or not self._is_stream:
                # A method that gives one answer is a stream of one item; a stream where one answer was wanted is None.
                self.items.append(message.data)
                self._allowed -= 1
            self._ended = self._ended or broken or message.type != "next"
            self._tell()
        return not broken

    def allow(self, count: int) -> None:
        with self._gate:
            self._allowed += count

    def fail(self, error: IpcError) -> None:
        with self._gate:
            self.error = error
            self._ended = True
            self._tell()
