"""Messages on standard input and output: ORIEL_IPC_MODE=legacy."""

from __future__ import annotations

import os
import sys
import threading
from typing import Optional, Tuple

from .channel import StreamChannel
from .limits import DEFAULT_LIMITS, IpcLimits
from .thread_channel import BytePipe

_CAPACITY = 1024 * 1024


class StdioChannel(StreamChannel):
    """JSON lines on the standard input and output that the process was started with.

    :meth:`take` keeps both for the channel alone: what anything else in the process prints, libraries in C and child processes
    included, goes to standard error from then on, and standard input is empty.
    """

    offers: Tuple[str, ...] = ()

    _taken = False

    def __init__(self, input: int, output: int, name: str = "stdio", limits: IpcLimits = DEFAULT_LIMITS) -> None:
        """``input`` and ``output`` are descriptors, which the channel owns from now on."""
        super().__init__(name, limits)
        self._input = input
        self._output = output
        # Not every system can wait for a pipe with a time-out, or wake who reads it. A thread that may stay behind can do both.
        self._pipe = BytePipe(_CAPACITY)
        threading.Thread(target=self._pump, name="oriel-stdin", daemon=True).start()

    @classmethod
    def take(cls, limits: IpcLimits = DEFAULT_LIMITS) -> "StdioChannel":
        """Takes the process's standard input and output; possible once.

        :raises RuntimeError: they have been taken before.
        """
        if cls._taken:
            raise RuntimeError("Standard input and output have been taken by a channel already.")
        cls._taken = True

        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()

        # Copies are not inherited by children, and descriptors 0 and 1 are what libraries in C use.
        input, output = os.dup(0), os.dup(1)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(2, 1)
        sys.stdout = sys.stderr

        if sys.platform == "win32":
            import msvcrt

            msvcrt.setmode(input, os.O_BINARY)
            msvcrt.setmode(output, os.O_BINARY)
        return cls(input, output, limits=limits)

    def _pump(self) -> None:
        try:
            while True:
                chunk = os.read(self._input, 65536)
                if not chunk:
                    break
                self._pipe.put(chunk)
        except OSError:
            # Closed by us, or broken: the end either way.
            pass
        finally:
            self._pipe.close()
            os.close(self._input)

    def _read(self, size: int, timeout: Optional[float]) -> Optional[bytes]:
        return self._pipe.get(timeout)

    def _write(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._output, rest) :]

    def _end(self) -> None:
        self._pipe.close()

    def _dispose(self) -> None:
        os.close(self._output)
