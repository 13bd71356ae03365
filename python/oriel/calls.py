"""Calls of the other side: how a handler runs, is cancelled, and answers."""

from __future__ import annotations

import asyncio
import inspect
import threading
import traceback
from contextvars import ContextVar
from typing import Any, Callable, Dict, Optional

from .channel import IpcChannel, log
from .errors import IpcError, IpcErrorCode
from .handlers import Handler
from .limits import MAX_CREDIT
from .message import IpcMessage
from .workers import LoopThread, WorkerPool

_current: "ContextVar[Call]" = ContextVar("oriel_call")

# What a handler gives as a rule, and what is neither awaited nor iterated over.
_PLAIN = frozenset((type(None), bool, int, float, str, bytes, list, dict, tuple))


def current_call() -> "Call":
    """The call that the running handler answers.

    :raises RuntimeError: no handler runs here.
    """
    try:
        return _current.get()
    except LookupError:
        raise RuntimeError("No call is being answered here: current_call() is for functions that are exposed.") from None


class Call:
    """A request of the other side while its handler runs."""

    def __init__(self, calls: "Calls", request: IpcMessage, handler: Handler) -> None:
        self.id: str = request.id  # type: ignore[assignment]
        self.method: str = request.method  # type: ignore[assignment]
        self._calls = calls
        self._handler = handler
        self._data = request.data
        self._state = threading.Lock()
        self._cancelled = False
        self._cancellation_seen: Optional[threading.Event] = None
        # A stream: how many items the caller takes, and who goes on when it takes more.
        self._credit = request.credit
        self._items: Any = None
        self._resume: Optional[Callable[[], None]] = None
        self._task: "Optional[asyncio.Task[None]]" = None
        self.has_item_waiting = False

    # -- for handlers ------------------------------------------------------------------------------------------------

    @property
    def cancelled(self) -> bool:
        """Whether the caller no longer wants the answer, or is gone."""
        return self._cancelled

    def raise_if_cancelled(self) -> None:
        """:raises IpcError: CANCELLED: the caller no longer wants the answer."""
        if self._cancelled:
            raise self._cancellation()

    def wait(self, timeout: Optional[float] = None) -> bool:
        """Sleeps ``timeout`` seconds, or until the call is cancelled; whether it was."""
        with self._state:
            if self._cancellation_seen is None:
                self._cancellation_seen = threading.Event()
                if self._cancelled:
                    self._cancellation_seen.set()
        return self._cancellation_seen.wait(timeout)

    # -- for Calls ---------------------------------------------------------------------------------------------------

    def begin(self) -> bool:
        """Hands the call to a thread that may run it; False when there is none any more."""
        if self._handler.runs_on_loop:
            return self._calls.loop.post(self._begin_task)
        return self._calls.workers.submit(self._run)

    def cancel(self) -> None:
        with self._state:
            self._cancelled = True
            if self._cancellation_seen is not None:
                self._cancellation_seen.set()
            task, resume, self._resume = self._task, self._resume, None
        if task is not None:
            self._calls.loop.post(task.cancel)
        if resume is not None:
            resume()

    def add_credit(self, count: int) -> None:
        with self._state:
            # Who grants more than it may could only flood itself.
            if self._credit is None or self._credit + count > MAX_CREDIT:
                return
            self._credit += count
            resume, self._resume = self._resume, None
        if resume is not None:
            resume()

    # -- functions and generators, on a worker -----------------------------------------------------------------------

    def _run(self) -> None:
        try:
            with self._as_current():
                self.raise_if_cancelled()
                result = self._handler.invoke(self._data)
        except BaseException as error:
            self._calls.finish(self, error=error)
            return
        self._data = None

        if type(result) in _PLAIN:
            self._calls.finish(self, result)
        elif inspect.isgenerator(result):
            self._run_generator(result)
        elif inspect.isawaitable(result) or inspect.isasyncgen(result):
            # A function that is not async itself but gives what is.
            if not self._calls.loop.post(self._begin_task, result):
                self._calls.finish(self, error=self._cancellation())
        else:
            self._calls.finish(self, result)

    def _run_generator(self, generator: Any) -> None:
        if not self._begin_stream():
            generator.close()
            return
        self._items = generator
        self._send_items()

    def _send_items(self) -> None:
        # Between two items a generator can be left alone: a caller that is behind holds no thread.
        generator = self._items
        while True:
            with self._state:
                if self._credit == 0 and not self._cancelled:
                    self._resume = self._send_items_later
                    return
                if not self._cancelled:
                    self._credit -= 1  # type: ignore[operator]

            try:
                with self._as_current():
                    if self._cancelled:
                        generator.close()
                        raise self._cancellation()
                    item = next(generator)
            except StopIteration:
                self._calls.finish(self)
                return
            except BaseException as error:
                self._calls.finish(self, error=error)
                return

            try:
                self._calls.channel.send(IpcMessage("next", item, self.id))
            except Exception as error:
                with self._as_current():
                    generator.close()
                self._calls.finish(self, error=_unsendable(self.method, error))
                return

    def _send_items_later(self) -> None:
        if not self._calls.workers.submit(self._send_items):
            self._items.close()

    # -- coroutines and asynchronous generators, on the loop ---------------------------------------------------------

    def _begin_task(self, result: Any = None) -> None:
        with self._state:
            if not self._cancelled:
                self._task = asyncio.get_event_loop().create_task(self._run_task(result))
                self._task.add_done_callback(lambda task: self._end_task(task, result))
                return
        if inspect.iscoroutine(result):
            result.close()
        self._calls.finish(self, error=self._cancellation())

    def _end_task(self, task: "asyncio.Task[None]", result: Any) -> None:
        # A task that is cancelled before its first step runs nothing of its own.
        if task.cancelled():
            if inspect.iscoroutine(result):
                result.close()
            self._calls.finish(self, error=self._cancellation())

    async def _run_task(self, result: Any) -> None:
        try:
            with self._as_current():
                if result is None:
                    result = self._handler.invoke(self._data)
                    self._data = None
                if inspect.isasyncgen(result):
                    await self._send_items_async(result)
                    return
                if inspect.isawaitable(result):
                    result = await result
        except asyncio.CancelledError:
            self._calls.finish(self, error=self._cancellation())
        except BaseException as error:
            self._calls.finish(self, error=error)
        else:
            self._calls.finish(self, result)

    async def _send_items_async(self, generator: Any) -> None:
        if not self._begin_stream():
            await generator.aclose()
            return

        try:
            async for item in generator:
                await self._take_credit()
                try:
                    await self._calls.send_async(self, IpcMessage("next", item, self.id))
                except Exception as error:
                    raise _unsendable(self.method, error) from None
        finally:
            await generator.aclose()
        self._calls.finish(self)

    async def _take_credit(self) -> None:
        while True:
            more = asyncio.get_event_loop().create_future()
            with self._state:
                if self._credit > 0:  # type: ignore[operator]
                    self._credit -= 1  # type: ignore[operator]
                    return
                self._resume = lambda: self._calls.loop.post(_settle, more)  # type: ignore[assignment]
            await more

    # ----------------------------------------------------------------------------------------------------------------

    def _begin_stream(self) -> bool:
        if self._credit is not None:
            self._items = True
            return True
        text = '"{}" answers with a stream: call it as one (in a page: oriel.stream).'.format(self.method)
        # Of a generator nothing has run: who is told so may call again, for a stream.
        data = {"stream": True} if self._handler.is_generator else None
        self._calls.finish(self, error=IpcError(IpcErrorCode.INVALID_REQUEST, text, data))
        return False

    @property
    def is_stream(self) -> bool:
        return self._items is not None

    def _as_current(self) -> "_Current":
        return _Current(self)

    def _cancellation(self) -> IpcError:
        return IpcError(IpcErrorCode.CANCELLED, '"{}" was cancelled.'.format(self.method))


class _Current:
    # A class, because a generator as a context manager takes longer than most handlers do.
    __slots__ = ("_call", "_token")

    def __init__(self, call: Call) -> None:
        self._call = call

    def __enter__(self) -> None:
        self._token = _current.set(self._call)

    def __exit__(self, *exc_info: Any) -> None:
        _current.reset(self._token)


class Calls:
    """The calls of the other side that are under way."""

    def __init__(self, channel: IpcChannel, workers: int, development: bool) -> None:
        self.channel = channel
        self.workers = WorkerPool("oriel-worker", workers)
        self.loop = LoopThread()
        # Sends for the loop what has to wait, in its order: an item and an answer of each call under way at most.
        self._sender = WorkerPool("oriel-send", 1)
        self._development = development
        self._gate = threading.Lock()
        self._calls: Dict[str, Call] = {}
        # Answers that the other side does not take are work under way, too.
        self._answering = 0
        self._closed = False

    def begin(self, request: IpcMessage, handler: Optional[Handler]) -> None:
        if handler is None:
            self._refuse(request, IpcErrorCode.METHOD_NOT_FOUND, 'There is no command "{}".'.format(request.method))
            return

        call = Call(self, request, handler)
        most = self.channel.limits.max_requests_in_flight
        with self._gate:
            if self._closed:
                refusal = (IpcErrorCode.SHUTTING_DOWN, "The back end is closing.")
            elif len(self._calls) + self._answering >= most:
                refusal = (IpcErrorCode.BUSY, "{:,} calls are under way, which is the limit.".format(most))
            elif call.id in self._calls:
                refusal = (IpcErrorCode.INVALID_REQUEST, 'A call with the id "{}" is under way already.'.format(call.id))
            else:
                refusal = None  # type: ignore[assignment]
                self._calls[call.id] = call

        if refusal is not None:
            self._refuse(request, *refusal)
        elif not call.begin():
            self.finish(call, error=IpcError(IpcErrorCode.SHUTTING_DOWN, "The back end is closing."))

    def find(self, id: Optional[str]) -> Optional[Call]:
        with self._gate:
            return self._calls.get(id)  # type: ignore[arg-type]

    def finish(self, call: Call, result: Any = None, error: Optional[BaseException] = None) -> None:
        with self._gate:
            wanted = self._calls.pop(call.id, None) is call
            if wanted:
                self._answering += 1
        if not wanted:
            return

        failure = None if error is None else self._failure_of(call, error)
        if not self.loop.is_current:
            self._answer_at_last(call, result, failure)
            return
        # A call that is cancelled while its item waits to be sent ends behind that item.
        at_once = not call.has_item_waiting and self._answer(call, result, failure, self.channel.try_send)
        if at_once or not self._sender.submit(lambda: self._answer_at_last(call, result, failure)):
            self._end_answer()

    def _answer_at_last(self, call: Call, result: Any, failure: Optional[IpcError]) -> None:
        try:
            self._answer(call, result, failure, self.channel.send)
        finally:
            self._end_answer()

    def _end_answer(self) -> None:
        with self._gate:
            self._answering -= 1

    def _answer(self, call: Call, result: Any, failure: Optional[IpcError], send: Callable[[IpcMessage], Optional[bool]]) -> bool:
        type = "done" if call.is_stream else "response"
        try:
            try:
                return send(IpcMessage(type, result, call.id, error=failure)) is not False
            except Exception as error:
                # The caller is told, not left waiting.
                return send(IpcMessage(type, None, call.id, error=_unsendable(call.method, error))) is not False
        except IpcError:
            # The channel ended: nobody is left to answer.
            return True

    async def send_async(self, call: Call, item: IpcMessage) -> None:
        """Sends from the loop; waits while the other side is behind, without holding the loop."""
        if not self.channel.try_send(item):
            call.has_item_waiting = True
            await self._sender.run(self.channel.send, item)
            call.has_item_waiting = False

    def _failure_of(self, call: Call, error: BaseException) -> IpcError:
        if isinstance(error, IpcError):
            return error

        details = {"type": type(error).__name__}
        if self._development:
            details["stack"] = _readable("".join(traceback.format_exception(type(error), error, error.__traceback__)))
        log.debug('"%s" failed.', call.method, exc_info=error)
        return IpcError(IpcErrorCode.INTERNAL_ERROR, _readable(str(error)) or type(error).__name__, details)

    def _refuse(self, request: IpcMessage, code: int, text: str) -> None:
        try:
            self.channel.send(IpcMessage("response", id=request.id, error=IpcError(code, text)))
        except IpcError:
            # The channel ended: nobody is left to tell.
            pass

    def close(self) -> None:
        """Cancels what is under way; nothing of it is answered."""
        with self._gate:
            self._closed = True
            calls = list(self._calls.values())
            self._calls.clear()
        for call in calls:
            call.cancel()
        self.workers.close()
        self.loop.close()
        self._sender.close()

    def join(self, deadline: float) -> None:
        """Lets handlers that have seen their cancellation end, until time.monotonic() has reached ``deadline``."""
        self.workers.join(deadline)
        self.loop.join(deadline)
        self._sender.join(deadline)


def _settle(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)


def _unsendable(method: str, error: Exception) -> IpcError:
    if isinstance(error, IpcError) and error.code in (IpcErrorCode.DISCONNECTED, IpcErrorCode.SHUTTING_DOWN):
        return error
    code = error.code if isinstance(error, IpcError) else IpcErrorCode.INTERNAL_ERROR
    return IpcError(code, '"{}" gave an answer that cannot be sent: {}'.format(method, _readable(str(error))))


def _readable(text: str) -> str:
    # An error must be sent whatever its text holds.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
