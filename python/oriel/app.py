"""A back end: its functions, its events, and the application that it serves."""

from __future__ import annotations

import asyncio
import inspect
import os
import threading
import time
from typing import Any, Callable, Dict, Iterator, List, Optional, TypeVar, overload

from .calls import Calls
from .channel import StreamChannel, log
from .errors import IpcError, IpcErrorCode
from .factory import connect
from .handlers import Handler
from .message import IpcMessage, is_name
from .requests import Requests
from .window import Window
from .workers import WorkerPool

Function = TypeVar("Function", bound=Callable[..., Any])

# How far beyond its limit the queue of events may grow while answers are awaited. Then a handler that calls waits for its time-out.
_OVERDRAFT = 16

# How long the end of a channel waits for handlers to see that they are cancelled.
_FAREWELL = 2.0


class App:
    """A back end at its end of a channel. :meth:`connect` makes one. Thread-safe.

    Functions run on worker threads, ``async`` ones on an asyncio loop of their own thread; event handlers run one at a time, in
    the order of the events.
    """

    def __init__(self, channel: StreamChannel, *, workers: int = 8, development: Optional[bool] = None) -> None:
        """``workers``: threads for functions that are not async; ``development``: whether errors carry their traceback
        (by default what ORIEL_DEVELOPMENT says)."""
        if workers < 1:
            raise ValueError("workers is 1 or more.")
        if development is None:
            development = os.environ.get("ORIEL_DEVELOPMENT", "") not in ("", "0")

        self.window = Window(self)
        self._channel = channel
        self._handlers: Dict[str, Handler] = {}
        self._listeners: Dict[str, List[Callable[[Any], Any]]] = {}
        self._gate = threading.Lock()
        self._ready = False
        self._ended = threading.Event()
        self._calls = Calls(channel, workers, development)
        self._watch = threading.Thread(target=self._wait_for_hangup, name="oriel-watch", daemon=True)
        self._events = WorkerPool("oriel-events", 1, self._event_capacity, self._on_events_full)
        self._requests = Requests(channel, self._events.look_again)
        channel.on_message(self._receive, self._end)

    @classmethod
    def connect(cls, name: Optional[str] = None, *, workers: int = 8, development: Optional[bool] = None) -> "App":
        """Connects to the channel ``name``, or to the one that the environment names.

        :raises IpcError: there is none, or nobody listens there.
        """
        return cls(connect(name), workers=workers, development=development)

    # -- what the other side may call --------------------------------------------------------------------------------

    @overload
    def expose(self, function: Function) -> Function: ...

    @overload
    def expose(self, function: None = None, *, name: Optional[str] = None) -> Callable[[Function], Function]: ...

    def expose(self, function: Any = None, *, name: Optional[str] = None) -> Any:
        """Lets the other side call a function, under its own name or another one; also a decorator.

        Generators answer with a stream. A function raises :class:`IpcError` to choose the error that its caller gets.

        :raises ValueError: the name is taken, or cannot be one.
        """
        if function is None:
            return lambda decorated: self.expose(decorated, name=name)
        if not callable(function):
            raise TypeError("{!r} cannot be called. Do you mean expose(name=...)?".format(function))

        known = name if name is not None else getattr(function, "__name__", None)
        if known is None or known == "<lambda>":
            raise ValueError("{!r} has no name: expose(..., name=\"...\").".format(function))
        self._expose([Handler(known, function)])
        return function

    def expose_object(self, target: Any, prefix: Optional[str] = None) -> None:
        """Exposes every method of an object whose name has no leading underscore, as ``prefix.method``.

        :raises ValueError: there is none, or a name is taken.
        """
        # Statically: a property would run when it is looked at.
        names = [name for name in dir(target) if not name.startswith("_") and _is_method(inspect.getattr_static(target, name))]
        methods = {name: getattr(target, name) for name in names}
        if not methods:
            raise ValueError("{!r} has no public method.".format(target))
        self._expose([Handler(name if prefix is None else prefix + "." + name, method) for name, method in methods.items()])

    def _expose(self, handlers: List[Handler]) -> None:
        limits = self._channel.limits
        for handler in handlers:
            if not is_name(handler.name, limits):
                raise ValueError("A name is a text of 1 to {} bytes, not {!r}.".format(limits.max_name_bytes, handler.name))
        with self._gate:
            for handler in handlers:
                if handler.name in self._handlers:
                    raise ValueError('"{}" is exposed already. Give one of the two another name.'.format(handler.name))
            self._handlers.update((handler.name, handler) for handler in handlers)
            if self._ready:
                self._send_ready()

    # -- events ------------------------------------------------------------------------------------------------------

    def on(self, event: str, handler: Any = None) -> Any:
        """Calls ``handler`` with the data of every event of that name; also a decorator."""
        if handler is None:
            return lambda decorated: self.on(event, decorated)
        with self._gate:
            self._listeners[event] = self._listeners.get(event, []) + [handler]
        return handler

    def off(self, event: str, handler: Callable[[Any], Any]) -> None:
        """Calls ``handler`` no more; nothing happens when it was not called."""
        with self._gate:
            rest = [other for other in self._listeners.get(event, []) if other != handler]
            if rest:
                self._listeners[event] = rest
            else:
                self._listeners.pop(event, None)

    def emit(self, event: str, data: Any = None) -> None:
        """Sends an event; waits while the other side is behind.

        :raises TypeError: ``data`` has no form that crosses.
        :raises ValueError: ``data`` is NaN or contains itself, or the name cannot be one.
        :raises IpcError: the other side is gone.
        """
        self._channel.emit(self._checked(event), data)

    def batch(self) -> Any:
        """``with app.batch():`` what this thread emits inside of the block leaves in few large writes."""
        return self._channel.batch()

    # -- calls -------------------------------------------------------------------------------------------------------

    def call(self, method: str, data: Any = None, *, timeout: Optional[float] = 30.0) -> Any:
        """Calls a method of the other side and waits for its answer, at most ``timeout`` seconds (None: for ever).

        From a coroutine: ``await loop.run_in_executor(None, app.call, ...)``.

        :raises IpcError: it failed there, TIMEOUT, or the other side is gone.
        """
        return self._requests.call(self._checked(method), data, timeout)

    def stream(self, method: str, data: Any = None, *, credit: int = 32, timeout: Optional[float] = None) -> Iterator[Any]:
        """Calls a method of the other side that answers with a stream, whose items this iterates over.

        Leaving the loop and closing the iterator ends the stream there. ``credit``: how many items the other side may send ahead,
        1 to 1,024; ``timeout``: seconds to wait for an item.
        """
        return self._requests.stream(self._checked(method), data, credit, timeout)

    def window_of(self, number: int) -> Window:
        """The window of that number; :attr:`window` is the first one.

        :raises ValueError: that is no number of a window. Whether there is such a window the host says when it is driven.
        """
        if type(number) is not int or not 0 <= number < 2**31:
            raise ValueError("The number of a window is a whole number from 0 to 2,147,483,647, not {!r}.".format(number))
        return Window(self, number)

    def _checked(self, name: str) -> str:
        if not is_name(name, self._channel.limits):
            raise ValueError("A name is a text of 1 to {} bytes, not {!r}.".format(self._channel.limits.max_name_bytes, name))
        return name

    # -- life --------------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Says what is exposed, serves, and returns when the channel has ended."""
        with self._gate:
            if not self._ready:
                self._ready = True
                self._send_ready()
        self._ended.wait()
        self._join()

    def close(self) -> None:
        """Ends the channel: what is under way is cancelled, and :meth:`run` returns."""
        self._channel.wait_for_drain(_FAREWELL)
        self._channel.shutdown()
        self._events.close()
        self._ended.wait(_FAREWELL)

    def __enter__(self) -> "App":
        return self

    def __exit__(self, *exc_info: Any) -> None:
        self.close()
        self._join()

    def _send_ready(self) -> None:
        data: Dict[str, Any] = {"handlers": sorted(self._handlers)}
        if self._channel.offers:
            data["wire"] = list(self._channel.offers)
        try:
            self._channel.send(IpcMessage("ready", data))
        except IpcError:
            # Over before it began: run returns at once.
            pass

    def _receive(self, message: IpcMessage) -> None:
        # On the reading thread: nothing here may wait for a handler, or a long one would look like a dead process.
        kind = message.type
        if kind == "request":
            self._calls.begin(message, self._handlers.get(message.method))  # type: ignore[arg-type]
        elif kind in ("response", "next", "done"):
            self._requests.settle(message)
        elif kind == "event":
            self._queue_event(message)
        elif kind == "ping":
            self._pong(message)
        elif kind == "cancel":
            call = self._calls.find(message.id)
            if call is not None:
                call.cancel()
        elif kind == "credit" and type(message.data) is int and message.data > 0:
            call = self._calls.find(message.id)
            if call is not None:
                call.add_credit(message.data)

    def _pong(self, ping: IpcMessage) -> None:
        try:
            self._channel.send(IpcMessage("pong", ping.data, ping.id))
        except IpcError:
            # The channel ended: nobody is left to tell.
            pass

    def _queue_event(self, message: IpcMessage) -> None:
        listeners = self._listeners.get(message.event)  # type: ignore[arg-type]
        if not listeners:
            return
        self._events.submit(lambda: self._handle_event(listeners, message))  # type: ignore[arg-type]

    def _event_capacity(self) -> int:
        # A handler that calls back waits for an answer, which only arrives while somebody reads.
        most = self._channel.limits.max_queued_events
        return most * _OVERDRAFT if self._requests.are_pending else most

    def _on_events_full(self) -> None:
        # Reading waits now, and who does not read does not see the end. One thread alone reads.
        if self._watch.ident is None:
            self._watch.start()

    def _wait_for_hangup(self) -> None:
        if self._channel.wait_for_hangup():
            self._events.close()

    def _handle_event(self, listeners: List[Callable[[Any], Any]], message: IpcMessage) -> None:
        for listener in listeners:
            if self._ended.is_set():
                return
            try:
                result = listener(message.data)
                if inspect.isawaitable(result):
                    self._await(result)
            except Exception:
                log.exception('A handler of the event "%s" failed.', message.event)

    def _await(self, awaitable: Any) -> None:
        # The next event waits for a coroutine as for a function.
        done = threading.Event()
        tasks: "List[asyncio.Task[Any]]" = []

        async def run() -> None:
            await awaitable

        def begin() -> None:
            # Kept: the loop itself holds a task by a weak reference.
            tasks.append(asyncio.get_event_loop().create_task(run()))
            tasks[0].add_done_callback(lambda task: done.set())

        if self._calls.loop.post(begin):
            done.wait()
            if not tasks[0].cancelled():
                tasks[0].result()
        elif inspect.iscoroutine(awaitable):
            awaitable.close()

    def _end(self) -> None:
        self._ended.set()
        self._calls.close()
        self._events.close()
        self._requests.close(IpcError(IpcErrorCode.DISCONNECTED, 'The other end of the channel "{}" is gone.'.format(self._channel.name)))

    def _join(self) -> None:
        deadline = time.monotonic() + _FAREWELL
        self._calls.join(deadline)
        self._events.join(deadline)


def _is_method(member: Any) -> bool:
    return inspect.isroutine(member) or isinstance(member, (staticmethod, classmethod))
