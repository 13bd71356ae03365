"""How Python values become JSON. The table of python/README.md is the contract."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from itertools import accumulate
from pathlib import PurePath
from typing import Any, Callable
from uuid import UUID

BYTES = (bytes, bytearray, memoryview)

_STEP = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_NO_BRACKETS = bytes(byte for byte in range(256) if byte not in _STEP)


def encode(value: Any, max_depth: int) -> bytes:
    """The JSON of a value, in UTF-8 and on one line.

    :raises TypeError: something in it has no form that crosses.
    :raises ValueError: NaN, infinity, a cycle, text that is no Unicode, or nesting beyond ``max_depth``.
    """
    try:
        text = _encode(value).encode("utf-8")
    except RecursionError:
        raise ValueError("The value contains itself, or it nests deeper than {} levels.".format(max_depth)) from None
    except UnicodeEncodeError:
        raise ValueError("A text holds half of a surrogate pair, which UTF-8 cannot carry.") from None
    except ValueError as error:
        raise ValueError(_explain(error)) from None
    except TypeError as error:
        if "keys must be" in str(error):
            raise TypeError("The keys of a dict that crosses are text, numbers, booleans or None: convert them first.") from None
        raise

    if nesting_exceeds(text, max_depth):
        raise ValueError("The value nests deeper than {} levels.".format(max_depth))
    return text


def nesting_exceeds(text: bytes, max_depth: int) -> bool:
    """Whether JSON nests deeper than ``max_depth``; of text that is no JSON the answer means nothing.

    Without recursion, and at the speed of the library's own loops: it runs before a parser sees the text.
    """
    if text.count(b"[") + text.count(b"{") <= max_depth:
        return False

    # Backslashes stand in strings alone, so what is left of a string after this ends at the next quotation mark.
    unescaped = text.replace(b"\\\\", b"").replace(b'\\"', b"")
    brackets = b"".join(unescaped.split(b'"')[::2]).translate(None, _NO_BRACKETS)
    return max(accumulate(map(_STEP.__getitem__, brackets)), default=0) > max_depth


def _default(value: Any) -> Any:
    # Called for what the encoder does not know; what is returned is encoded in its turn.
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, (UUID, PurePath)):
        return str(value)
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(_NOT_FINITE)
        return str(value)
    if isinstance(value, (set, frozenset)):
        return list(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, BYTES):
        raise TypeError(
            "Bytes cross as a whole value only (a frame of their own), not inside of another one: "
            "return them by themselves, or write them as text, such as base64."
        )
    raise TypeError(
        "A value of type {} does not cross: return a dict, a list, a dataclass or a text instead.".format(type(value).__qualname__)
    )


def _encoder() -> Callable[[Any], str]:
    # JSONEncoder.encode() builds an encoder for every value, which takes longer than a small message. Without a table of what is
    # being written (which threads cannot share), a cycle ends at the interpreter's limit of recursion.
    make = json.encoder.c_make_encoder
    if make is None:
        return json.JSONEncoder(ensure_ascii=False, check_circular=False, allow_nan=False, separators=(",", ":"), default=_default).encode

    encode = make(None, _default, json.encoder.encode_basestring, None, ":", ",", False, False, False)
    return lambda value: "".join(encode(value, 0))


_encode = _encoder()
_NOT_FINITE = "JSON has no NaN and no infinity: send None or a text instead."


def _explain(error: ValueError) -> str:
    text = str(error)
    return _NOT_FINITE if "Out of range float" in text else text
