"""The threads on which handlers run."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, Awaitable, Callable, List, Optional

from .channel import log

Work = Callable[[], None]


class WorkerPool:
    """Threads that run what they are given, in its order when there is one of them. They are started when they are needed.

    Not a ThreadPoolExecutor: the interpreter waits for those threads when it ends, and a handler that never returns would keep
    the process alive after its channel is gone.
    """

    def __init__(
        self,
        name: str,
        threads: int,
        capacity: Optional[Callable[[], int]] = None,
        on_full: Callable[[], None] = lambda: None,
    ) -> None:
        """``capacity``: how much may be unfinished before :meth:`submit` waits, having called ``on_full``."""
        self._name = name
        self._most = threads
        self._queue: "SimpleQueue[Optional[Work]]" = SimpleQueue()
        self._capacity = capacity
        self._on_full = on_full
        self._gate = threading.Lock()
        self._room = threading.Condition(self._gate)
        self._waiting = 0
        self._threads: List[threading.Thread] = []
        self._unfinished = 0
        self._closed = False

    def submit(self, work: Work) -> bool:
        """Runs ``work`` on a thread of the pool; waits for room; False when the pool is closed."""
        with self._gate:
            if not self._has_room():
                self._on_full()
                self._waiting += 1
                self._room.wait_for(self._has_room)
                self._waiting -= 1
            if self._closed:
                return False
            self._unfinished += 1
            if self._unfinished > len(self._threads) < self._most:
                self._start_thread()
        self._queue.put(work)
        return True

    def run(self, function: Callable[..., Any], *arguments: Any) -> "Awaitable[Any]":
        """The result of a function that may wait, for a coroutine. One that is cancelled before its turn is not called.

        :raises RuntimeError: the pool is closed.
        """
        outcome: "Future[Any]" = Future()

        def work() -> None:
            if outcome.set_running_or_notify_cancel():
                try:
                    outcome.set_result(function(*arguments))
                except BaseException as error:
                    outcome.set_exception(error)

        if not self.submit(work):
            raise RuntimeError("The pool is closed.")
        return asyncio.wrap_future(outcome)

    def _has_room(self) -> bool:
        return self._capacity is None or self._closed or self._unfinished < self._capacity()

    def look_again(self) -> None:
        """Lets those who wait for room see that the capacity has changed."""
        with self._gate:
            self._tell()

    def _tell(self) -> None:
        # Notifying a Condition costs more than most handlers do.
        if self._waiting:
            self._room.notify_all()

    def _start_thread(self) -> None:
        thread = threading.Thread(target=self._run, name="{} {}".format(self._name, len(self._threads) + 1), daemon=True)
        self._threads.append(thread)
        thread.start()

    def _run(self) -> None:
        while True:
            work = self._queue.get()
            if work is None:
                return
            try:
                work()
            except BaseException:
                log.exception("A handler failed where nobody waits for it.")
            with self._gate:
                self._unfinished -= 1
                self._tell()
            # Nothing of the last work is kept alive while the thread waits for the next.
            del work

    def close(self) -> None:
        """Takes nothing new; the threads end once they have run what is there."""
        with self._gate:
            if self._closed:
                return
            self._closed = True
            for _ in self._threads:
                self._queue.put(None)
            self._tell()

    def join(self, deadline: float) -> None:
        """Waits until the threads have ended, or time.monotonic() has reached ``deadline``."""
        _join_all(self._threads, deadline)


def _join_all(threads: List[threading.Thread], deadline: float) -> None:
    for thread in threads:
        if thread is not threading.current_thread():
            thread.join(max(0.0, deadline - time.monotonic()))


async def _cancel_tasks() -> None:
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


class LoopThread:
    """An asyncio loop on a thread of its own, started when the first coroutine needs it."""

    def __init__(self) -> None:
        self._gate = threading.Lock()
        self._loop: Optional[asyncio.AbstractEventLoop] = None
        self._thread: Optional[threading.Thread] = None
        self._closed = False

    def post(self, callback: Callable[..., Any], *arguments: Any) -> bool:
        """Calls ``callback`` on the loop's thread; False when the loop has been closed."""
        with self._gate:
            if self._closed:
                return False
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._run, args=(self._loop,), name="oriel-asyncio", daemon=True)
                self._thread.start()
            self._loop.call_soon_threadsafe(callback, *arguments)
            return True

    @property
    def is_current(self) -> bool:
        """Whether it is the loop's thread that asks: it must wait for nothing else."""
        return threading.current_thread() is self._thread

    @staticmethod
    def _run(loop: asyncio.AbstractEventLoop) -> None:
        asyncio.set_event_loop(loop)
        try:
            loop.run_forever()
            loop.run_until_complete(_cancel_tasks())
            loop.run_until_complete(loop.shutdown_asyncgens())
        finally:
            loop.close()

    def close(self) -> None:
        """Cancels every task; the thread ends once they have."""
        with self._gate:
            if self._closed:
                return
            self._closed = True
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._loop.stop)

    def join(self, deadline: float) -> None:
        if self._thread is not None:
            _join_all([self._thread], deadline)
