"""The envelope that every hop carries."""

from __future__ import annotations

import json
import re
import sys
from typing import Any, Dict, List, Optional, Tuple

from .errors import IpcError, IpcErrorCode
from .limits import DEFAULT_LIMITS, MAX_CREDIT, MAX_ID_BYTES, IpcLimits
from .values import encode, nesting_exceeds

_MEMBERS = ("type", "id", "method", "event", "data", "error", "credit")
_QUOTED_MEMBERS = tuple('"{}"'.format(member).encode() for member in _MEMBERS)
_WITH_ID = frozenset(("request", "response", "cancel", "next", "done"))

# Where an envelope begins, as far as it takes to say whose answer it was.
_START_BYTES = 512
_START = re.compile(rb'\{[^{}\[\]]*?"type"\s*:\s*"(\w{1,16})"')
_START_ID = re.compile(rb'\{[^{}\[\]]*?"id"\s*:\s*"([^"\\]{1,128})"')


class IpcMessage:
    """One message: ``request``, ``response``, ``event``, ``ready``, ...; docs/ipc.md has the list.

    ``data`` is any value of the table in python/README.md; what was false, 0, "" or None arrives so. Bytes as the whole
    value travel in a binary frame. ``extra`` holds members that the envelope does not know, for whoever passes a message on.
    """

    __slots__ = ("type", "data", "id", "method", "event", "error", "credit", "extra")

    def __init__(
        self,
        type: str,
        data: Any = None,
        id: Optional[str] = None,
        method: Optional[str] = None,
        event: Optional[str] = None,
        error: Optional[IpcError] = None,
        credit: Optional[int] = None,
        extra: Optional[Dict[str, Any]] = None,
    ) -> None:
        self.type = type
        self.data = data
        self.id = id
        self.method = method
        self.event = event
        self.error = error
        self.credit = credit
        self.extra = extra

    def to_dict(self) -> Dict[str, Any]:
        result: Dict[str, Any] = {"type": self.type}
        if self.id is not None:
            result["id"] = self.id
        if self.method is not None:
            result["method"] = self.method
        if self.event is not None:
            result["event"] = self.event
        if self.credit is not None:
            result["credit"] = self.credit
        if self.extra:
            result.update(self.extra)
        if self.error is not None:
            result["error"] = self.error.to_dict()
        else:
            result["data"] = self.data
        return result

    def to_json(self, limits: IpcLimits = DEFAULT_LIMITS) -> bytes:
        """The message as a line without its line feed.

        :raises TypeError: ``data`` has no form that crosses.
        :raises ValueError: ``data`` is NaN, contains itself, or nests too deep.
        """
        return encode(self.to_dict(), limits.max_depth)

    @classmethod
    def from_dict(cls, envelope: Dict[str, Any], limits: IpcLimits = DEFAULT_LIMITS) -> "IpcMessage":
        """Checks and reads an envelope.

        :raises MessageRefused: it is not one.
        """
        get = envelope.get
        message = cls(get("type"), get("data"), get("id"), get("method"), get("event"), None, get("credit"))  # type: ignore[arg-type]
        problem = _problem_of(message, limits)
        if problem is None and message.credit is None and "credit" in envelope:
            problem = _CREDIT_PROBLEM
        if problem is None and get("error") is not None:
            try:
                message.error = IpcError.from_dict(envelope["error"])
            except ValueError as error:
                problem = str(error)
        if problem is None and message.id is None and message.type in _WITH_ID and (message.type != "response" or message.error is None):
            # An error without an id says that something of ours could not be read.
            problem = 'A {} has an "id".'.format(message.type)
        if problem is not None and not all(map(_is_text, (message.id, message.method, message.event))):
            raise MessageRefused(IpcError(IpcErrorCode.PARSE_ERROR, "A name in the message holds half of a surrogate pair."), message.type, message.id)
        if problem is not None:
            raise MessageRefused(_invalid(problem), message.type, message.id)

        if len(envelope) > 3 and not _KNOWN.issuperset(envelope):
            message.extra = {name: value for name, value in envelope.items() if name not in _KNOWN}
        return message

    @classmethod
    def from_json(cls, line: bytes, limits: IpcLimits = DEFAULT_LIMITS) -> "IpcMessage":
        """Reads one line.

        :raises MessageRefused: it is not a message.
        """
        if len(line) > limits.max_message_bytes:
            raise too_large(line, len(line), limits)
        if nesting_exceeds(line, limits.max_depth):
            raise _parse_error("It nests deeper than {} levels.".format(limits.max_depth), line)

        try:
            envelope = _parse(line)
        except UnicodeDecodeError:
            raise _parse_error("It is not valid UTF-8.", line) from None
        except (ValueError, RecursionError) as error:
            raise _parse_error("It is not one JSON value: {}.".format(error), line) from None

        if not isinstance(envelope, dict):
            raise MessageRefused(_invalid("A message is a JSON object."))
        return cls.from_dict(envelope, limits)

    def __repr__(self) -> str:
        parts = ("{}={!r}".format(name, getattr(self, name)) for name in self.__slots__ if getattr(self, name) is not None)
        return "IpcMessage({})".format(", ".join(parts))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, IpcMessage) and self.to_dict() == other.to_dict()

    __hash__ = None  # type: ignore[assignment]


_KNOWN = frozenset(_MEMBERS)
_CREDIT_PROBLEM = '"credit" is a whole number from 1 to {}.'.format(MAX_CREDIT)


class MessageRefused(Exception):
    """What came in is not a message; ``type`` and ``id`` as far as they could be read."""

    def __init__(self, error: IpcError, type: Any = None, id: Any = None, is_last: bool = False) -> None:
        super().__init__(error.message)
        self.error = error
        # Whether whoever sent it cannot be believed any more.
        self.is_last = is_last
        self.type = type if isinstance(type, str) else None
        self.id = id if _is_id(id) else None

    def answer(self) -> IpcMessage:
        """What the sender is told. Only a request has an answer of its own; the ids of the rest are ours."""
        return IpcMessage("response", id=self.id if self.type == "request" else None, error=self.error)


def too_large(start: bytes, length: int, limits: IpcLimits) -> MessageRefused:
    """The refusal of a message that is not read; whoever waits for its answer is told all the same."""
    start = bytes(start[:_START_BYTES])
    error = IpcError(
        IpcErrorCode.PAYLOAD_TOO_LARGE, "The message has {:,} bytes or more; at most {:,} are accepted.".format(length, limits.max_message_bytes)
    )
    return _refusal(error, start)


def _refusal(error: IpcError, line: bytes) -> MessageRefused:
    start = line[:_START_BYTES]
    kind, id = _START.match(start), _START_ID.match(start)
    return MessageRefused(error, kind.group(1).decode() if kind else None, id.group(1).decode("utf-8", "replace") if id else None)


def _parse_error(why: str, line: bytes) -> MessageRefused:
    return _refusal(IpcError(IpcErrorCode.PARSE_ERROR, "The message cannot be read. " + why), line)


def _invalid(why: str) -> IpcError:
    return IpcError(IpcErrorCode.INVALID_REQUEST, why)


def _problem_of(message: IpcMessage, limits: IpcLimits) -> Optional[str]:
    kind, id, method, event, credit = message.type, message.id, message.method, message.event, message.credit
    if not isinstance(kind, str):
        return '"type" is missing or not a string.'
    if id is not None and not _is_id(id):
        return '"id" is a string of 1 to {} bytes.'.format(MAX_ID_BYTES)
    if method is not None and not is_name(method, limits) or event is not None and not is_name(event, limits):
        return "A name is a string of 1 to {} bytes.".format(limits.max_name_bytes)
    if credit is not None and (type(credit) is not int or not 1 <= credit <= MAX_CREDIT):
        return _CREDIT_PROBLEM

    if kind == "request" and method is None:
        return 'A request has a "method".'
    if kind == "event" and event is None:
        return 'An event has an "event".'
    return None


def _is_text(name: Any) -> bool:
    try:
        return not isinstance(name, str) or name.isascii() or bool(name.encode("utf-8"))
    except UnicodeEncodeError:
        return False


def is_name(name: Any, limits: IpcLimits) -> bool:
    """Whether something can be the name of a method or an event."""
    return isinstance(name, str) and _fits(name, limits.max_name_bytes)


def _is_id(id: Any) -> bool:
    return isinstance(id, str) and _fits(id, MAX_ID_BYTES)


def _fits(text: str, most: int) -> bool:
    if text.isascii():
        return 1 <= len(text) <= most
    try:
        return len(text.encode("utf-8")) <= most
    except UnicodeEncodeError:
        return False


# -- parsing ---------------------------------------------------------------------------------------------------------


def _refuse_constant(name: str) -> Any:
    raise ValueError("JSON has no {}".format(name))


def _bounded_int(digits: str) -> int:
    if len(digits) > 4300:
        raise ValueError("a number has more than 4300 digits")
    return int(digits)


# Where int() bounds the digits itself the scanner stays in C; reading a million digits takes minutes.
_parse_int = int if hasattr(sys, "get_int_max_str_digits") else _bounded_int
_SPACE = " \t\r\n"
_DECODER = json.JSONDecoder(parse_constant=_refuse_constant, parse_int=_parse_int)


def _parse(line: bytes) -> Any:
    text = line.decode("utf-8").strip(_SPACE)
    value, end = _DECODER.raw_decode(text)
    if end != len(text):
        raise ValueError("something follows it")
    # No member stands twice when there is a colon for each that was read. A hook for every object would double the time that a
    # large payload takes, so it is for lines alone that name a member twice; an escape could hide one.
    if isinstance(value, dict) and line.count(b":") != len(value):
        if b"\\u" in line or any(line.count(member) > 1 for member in _QUOTED_MEMBERS):
            return _parse_strictly(text)
    return value


def _parse_strictly(text: str) -> Any:
    # Objects are reported innermost first, so that the envelope is the last.
    last: List[List[Tuple[str, Any]]] = [[]]

    def keep(pairs: List[Tuple[str, Any]]) -> Dict[str, Any]:
        last[0] = pairs
        return dict(pairs)

    value = json.JSONDecoder(object_pairs_hook=keep, parse_constant=_refuse_constant, parse_int=_parse_int).decode(text)
    if isinstance(value, dict) and len(value) != len(last[0]):
        names = [name for name, _ in last[0]]
        twice = next(name for name in names if names.count(name) > 1)
        raise MessageRefused(_invalid('The member {!a} stands twice.'.format(twice)), value.get("type"), value.get("id"))
    return value
