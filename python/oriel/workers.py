"""The threads on which handlers run."""

from __future__ import annotations

import asyncio
import threading
import time
from queue import SimpleQueue
from typing import Any, Callable, List, Optional

from .channel import log

Work = Callable[[], None]


class WorkerPool:
    """Threads that run what they are given, in its order when there is one of them. They are started when they are needed.

    Not a ThreadPoolExecutor: the interpreter waits for those threads when it ends, and a handler that never returns would keep
    the process alive after its channel is gone.
    """

    def __init__(self, name: str, threads: int, capacity: Optional[int] = None) -> None:
        """``capacity``: how much may wait before :meth:`submit` does."""
        self._name = name
        self._most = threads
        self._queue: "SimpleQueue[Optional[Work]]" = SimpleQueue()
        self._room = None if capacity is None else threading.Semaphore(capacity)
        self._gate = threading.Lock()
        self._threads: List[threading.Thread] = []
        self._unfinished = 0
        self._closed = False

    @property
    def is_full(self) -> bool:
        """Whether :meth:`submit` would have to wait."""
        if self._room is None:
            return False
        free = self._room.acquire(blocking=False)
        if free:
            self._room.release()
        return not free

    def submit(self, work: Work) -> bool:
        """Runs ``work`` on a thread of the pool; waits for room; False when the pool is closed."""
        if self._room is not None:
            self._room.acquire()
        with self._gate:
            if self._closed:
                if self._room is not None:
                    self._room.release()
                return False
            self._unfinished += 1
            if self._unfinished > len(self._threads) < self._most:
                self._start_thread()
        self._queue.put(work)
        return True

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
            if self._room is not None:
                self._room.release()
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
        if self._room is not None:
            # Who waits for room goes, and lets the next one go.
            self._room.release()

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
