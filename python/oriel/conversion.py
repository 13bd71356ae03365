"""How JSON becomes what a parameter is annotated with. The table of python/README.md is the contract."""

from __future__ import annotations

import dataclasses
import re
import types
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any, Callable, Dict, List, Optional, Tuple, Union, get_type_hints
from uuid import UUID

Converter = Callable[[Any], Any]

# .NET writes seven digits, JavaScript three; fromisoformat takes three or six.
_FRACTION = re.compile(r"(?<=:\d\d)\.(\d{1,9})")
_JSON_TYPES = {str: (str,), int: (int,), float: (int, float), bool: (bool,), list: (list,), dict: (dict,), type(None): (type(None),)}


def converter_for(annotation: Any) -> Optional[Converter]:
    """What makes the annotated type of a JSON value; None when the value is passed as it is.

    A converter raises ValueError with a text that continues "the argument ...".
    """
    try:
        return _converter_for(annotation)
    except TypeError:
        # An annotation that cannot be hashed, such as a list of whatever: it means nothing to us.
        return None


@lru_cache(maxsize=1024)
def _converter_for(annotation: Any) -> Optional[Converter]:
    origin, arguments = getattr(annotation, "__origin__", None), getattr(annotation, "__args__", None) or ()
    if origin is Union or isinstance(annotation, getattr(types, "UnionType", ())):
        return _union(arguments)
    if origin is not None:
        return _generic(origin, arguments)
    if not isinstance(annotation, type):
        return None

    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    if annotation in (bytes, bytearray, memoryview):
        return _bytes(annotation)
    if issubclass(annotation, Enum):
        return _enum(annotation)
    if issubclass(annotation, PurePath):
        return _text(annotation, "a path")
    if dataclasses.is_dataclass(annotation):
        return _Record(annotation)
    if issubclass(annotation, tuple) and hasattr(annotation, "_fields"):
        return _Record(annotation)
    if annotation in (set, frozenset, tuple):
        return _collection(annotation, None)
    return None


def _generic(origin: Any, arguments: Tuple[Any, ...]) -> Optional[Converter]:
    if origin is tuple and arguments and not (len(arguments) == 2 and arguments[1] is Ellipsis):
        return _fixed_tuple([converter_for(argument) for argument in arguments])
    if not isinstance(origin, type):
        return None

    if issubclass(origin, dict) or origin.__name__ == "Mapping":
        inner = converter_for(arguments[1]) if len(arguments) == 2 else None
        return _values(inner) if inner else None
    inner = converter_for(arguments[0]) if arguments else None
    if origin in (set, frozenset, tuple):
        return _collection(origin, inner)
    if origin is list or origin.__name__ in ("Sequence", "Iterable", "Collection"):
        return _collection(list, inner) if inner else None
    return None


def _text(make: Callable[[str], Any], what: str) -> Converter:
    def convert(value: Any) -> Any:
        if not isinstance(value, str):
            raise ValueError("is not {}: it is written as a text.".format(what))
        try:
            return make(value)
        except (ValueError, InvalidOperation):
            raise ValueError("is not {}: {!r}.".format(what, value[:100])) from None

    return convert


def _iso(text: str) -> str:
    if text.endswith(("Z", "z")):
        text = text[:-1] + "+00:00"
    return _FRACTION.sub(lambda match: "." + match.group(1)[:6].ljust(6, "0"), text)


def _timedelta(value: Any) -> timedelta:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError("is not a duration: it is written as a number of seconds.")
    try:
        return timedelta(seconds=value)
    except OverflowError:
        raise ValueError("is not a duration: {!r} seconds are too many.".format(value)) from None


def _decimal(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError("is not a decimal number.")
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ValueError("is not a decimal number: {!r}.".format(value))
    return number


def _bytes(kind: type) -> Converter:
    def convert(value: Any) -> Any:
        if not isinstance(value, bytes):
            raise ValueError("is not bytes: they cross as the only argument of a call, in a frame of their own.")
        return value if kind is bytes else kind(value)

    return convert


def _enum(kind: Any) -> Converter:
    def convert(value: Any) -> Any:
        try:
            # A tuple crosses as an array.
            return kind(tuple(value) if isinstance(value, list) else value)
        except ValueError:
            values = ", ".join(repr(member.value) for member in list(kind)[:20])
            raise ValueError("is not one of {}.".format(values)) from None

    return convert


def _union(arguments: Tuple[Any, ...]) -> Optional[Converter]:
    converters = [converter_for(argument) for argument in arguments]
    if not any(converters):
        return None
    plain = tuple(kind for argument, converter in zip(arguments, converters) if converter is None for kind in _plain_types(argument))

    def convert(value: Any) -> Any:
        # What is there already needs no conversion; otherwise the first that fits.
        problem = None
        if type(value) in plain and not isinstance(value, str):
            return value
        for converter in filter(None, converters):
            try:
                return converter(value)
            except ValueError as error:
                problem = problem or error
        if type(value) in plain:
            return value
        raise problem or ValueError("does not fit.")

    return convert


def _plain_types(annotation: Any) -> Tuple[type, ...]:
    kind = getattr(annotation, "__origin__", annotation)
    return _JSON_TYPES.get(kind, (str, int, float, bool, list, dict, type(None))) if isinstance(kind, type) else (str, int, float, bool, list, dict, type(None))


def _list_of(value: Any) -> List[Any]:
    if not isinstance(value, list):
        raise ValueError("is not a list.")
    return value


def _collection(kind: Any, inner: Optional[Converter]) -> Converter:
    def convert(value: Any) -> Any:
        items = _list_of(value)
        try:
            return kind(items if inner is None else [_at(inner, item, index) for index, item in enumerate(items)])
        except TypeError:
            raise ValueError("holds a value that a {} cannot hold.".format(kind.__name__)) from None

    return convert


def _fixed_tuple(inner: List[Optional[Converter]]) -> Converter:
    def convert(value: Any) -> Any:
        items = _list_of(value)
        if len(items) != len(inner):
            raise ValueError("has {} items, not {}.".format(len(items), len(inner)))
        return tuple(item if converter is None else _at(converter, item, index) for index, (converter, item) in enumerate(zip(inner, items)))

    return convert


def _values(inner: Converter) -> Converter:
    def convert(value: Any) -> Any:
        if not isinstance(value, dict):
            raise ValueError("is not an object.")
        return {key: _at(inner, item, key) for key, item in value.items()}

    return convert


def _at(converter: Converter, value: Any, place: Any) -> Any:
    try:
        return converter(value)
    except ValueError as error:
        raise ValueError("[{!r}] {}".format(place, error)) from None


class _Record:
    """Makes a dataclass or a named tuple of an object (or a named tuple of an array)."""

    def __init__(self, kind: Any) -> None:
        self._kind = kind
        self._fields: Optional[Dict[str, Optional[Converter]]] = None

    def __call__(self, value: Any) -> Any:
        # Not before the first call: a class may hold others of its own kind.
        fields = self._fields
        if fields is None:
            hints = hints_of(self._kind)
            names = self._kind._fields if hasattr(self._kind, "_fields") else [field.name for field in dataclasses.fields(self._kind) if field.init]
            fields = self._fields = {name: converter_for(hints.get(name)) for name in names}

        if isinstance(value, list) and hasattr(self._kind, "_fields"):
            value = dict(zip(fields, value)) if len(value) <= len(fields) else None
        if not isinstance(value, dict):
            raise ValueError("is not a {}: it is written as an object.".format(self._kind.__name__))

        unknown = [name for name in value if name not in fields]
        if unknown:
            raise ValueError("has a member {!r} that a {} does not have.".format(unknown[0][:100], self._kind.__name__))
        arguments = {name: item if fields[name] is None else _at(fields[name], item, name) for name, item in value.items()}  # type: ignore[arg-type]
        try:
            return self._kind(**arguments)
        except TypeError as error:
            raise ValueError("is not a {}: {}.".format(self._kind.__name__, error)) from None


def hints_of(annotated: Any) -> Dict[str, Any]:
    """The annotations of a function or a class, as far as they mean something at run time."""
    try:
        return get_type_hints(annotated)
    except Exception:
        # A name that is imported for a type checker alone, or list[int] where the interpreter is older than that.
        return {name: hint for name, hint in getattr(annotated, "__annotations__", {}).items() if not isinstance(hint, str)}


_SIMPLE: Dict[type, Converter] = {
    datetime: _text(lambda text: datetime.fromisoformat(_iso(text)), "a date and time"),
    date: _text(date.fromisoformat, "a date"),
    time: _text(lambda text: time.fromisoformat(_iso(text)), "a time"),
    timedelta: _timedelta,
    UUID: _text(UUID, "a UUID"),
    Decimal: _decimal,
    Path: _text(Path, "a path"),
}
