"""The Gallery's back end: functions, a stream and events of another process."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time
from typing import Any, AsyncIterator, List, Optional

from oriel import App, IpcError, IpcErrorCode

MAX_FRAMES = 10_000
PULSE_INTERVAL = 0.25

app = App.connect()


@app.expose
def frames(start: int, end: int) -> List[int]:
    """The numbers of the frames from start, and before end."""
    if not 0 <= end - start <= MAX_FRAMES:
        raise IpcError(IpcErrorCode.INVALID_PARAMS, "From start to end there are 0 to {} frames, not {}.".format(MAX_FRAMES, end - start))
    print("frames from", start, "to", end, "- a print is only a print")
    return list(range(start, end))


@app.expose
def echo(value: Any) -> Any:
    """The value, as it came."""
    return value


@app.expose
async def primes(to: int, delay: float = 0.0) -> AsyncIterator[int]:
    """The primes up to a number, one after the other, with so many seconds before each."""
    found: List[int] = []
    for number in range(2, to + 1):
        if all(number % prime for prime in found if prime * prime <= number):
            await asyncio.sleep(delay)
            found.append(number)
            yield number


@app.expose
def fail() -> None:
    """Raises, as a function with a fault does."""
    raise ValueError("This was asked for.")


@app.expose
def crash() -> None:
    """Ends the process at once, as a fault in a native library would."""
    print("crashing, as asked", file=sys.stderr, flush=True)
    os._exit(3)


class Pulse:
    """The event "pulse", four times a second while it is wanted."""

    def __init__(self) -> None:
        self._gate = threading.Lock()
        self._stop: Optional[threading.Event] = None

    def set(self, enabled: bool) -> None:
        with self._gate:
            if enabled == (self._stop is not None):
                return
            if self._stop is not None:
                self._stop.set()
                self._stop = None
                return
            self._stop = threading.Event()
            threading.Thread(target=self._run, args=(self._stop,), name="pulse", daemon=True).start()

    @staticmethod
    def _run(stop: threading.Event) -> None:
        index = 0
        while not stop.wait(PULSE_INTERVAL):
            try:
                app.emit("pulse", {"index": index, "cpu": round(time.process_time(), 3), "threads": threading.active_count()})
            except IpcError:
                # The channel has ended, and the process is about to.
                return
            index += 1


beats = Pulse()


@app.expose
def pulse(enabled: bool) -> None:
    """Begins or ends the event "pulse"."""
    beats.set(enabled)
    print("pulse", "on" if enabled else "off")


print("Python", sys.version.split()[0], "serves as process", os.getpid())
app.run()
