"""What the other side may call, and how its arguments reach a function."""

from __future__ import annotations

import asyncio
import functools
import inspect
from typing import Any, Callable, Dict, Optional, Tuple

from .conversion import Converter, converter_for, hints_of
from .errors import IpcError, IpcErrorCode

_BY_KEYWORD = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


class Handler:
    """A function under the name by which the other side calls it."""

    def __init__(self, name: str, function: Callable[..., Any]) -> None:
        self.name = name
        self._function = function
        self.runs_on_loop = _is_async(function)
        self.is_generator = _is_generator(function)
        self._signature = _signature_of(function)
        self._required = frozenset()  # type: frozenset
        self._accepted = None  # type: Optional[frozenset]
        self._converters: Optional[Dict[str, Optional[Converter]]] = None

        parameters = self._signature.parameters.values() if self._signature else ()
        if self._signature and all(parameter.kind in _BY_KEYWORD for parameter in parameters):
            self._accepted = frozenset(parameter.name for parameter in parameters)
            self._required = frozenset(parameter.name for parameter in parameters if parameter.default is parameter.empty)

    def invoke(self, data: Any) -> Any:
        """Calls the function: an object gives keyword arguments, an array positional ones, None none, anything else is the only one.

        :raises IpcError: INVALID_PARAMS: the arguments do not fit; the function has not been called.
        """
        positional, named = self._arguments(data)
        return self._function(*positional, **named)

    def _arguments(self, data: Any) -> Tuple[Any, Dict[str, Any]]:
        if data is None:
            positional, named = (), {}  # type: Tuple[Any, Dict[str, Any]]
        elif isinstance(data, dict):
            positional, named = (), data
        elif isinstance(data, list):
            positional, named = data, {}
        else:
            positional, named = (data,), {}
        if self._signature is None:
            return positional, named

        converters = self._converters
        if converters is None:
            # Not when the function is exposed: its annotations may name what is defined after it.
            hints = hints_of(inspect.unwrap(_target_of(self._function)))
            converters = {name: converter_for(hints.get(name)) for name in self._signature.parameters}
            converters = {name: converter for name, converter in converters.items() if converter is not None}
            self._converters = converters

        # Binding costs microseconds; most calls name their arguments, and most functions convert none.
        if not converters and not positional and self._accepted is not None and self._required <= named.keys() <= self._accepted:
            return positional, named

        try:
            bound = self._signature.bind(*positional, **named)
        except TypeError as error:
            raise IpcError(IpcErrorCode.INVALID_PARAMS, '"{}" takes {}: {}.'.format(self.name, self._shape(), error)) from None

        for name, converter in converters.items():  # type: ignore[assignment]
            if name in bound.arguments:
                bound.arguments[name] = self._convert(name, converter, bound.arguments[name])
        return bound.args, bound.kwargs

    def _convert(self, name: str, converter: Any, value: Any) -> Any:
        parameter = self._signature.parameters[name]  # type: ignore[union-attr]
        try:
            if parameter.kind is parameter.VAR_POSITIONAL:
                return tuple(converter(item) for item in value)
            if parameter.kind is parameter.VAR_KEYWORD:
                return {key: converter(item) for key, item in value.items()}
            if value is None and parameter.default is None:
                return None
            return converter(value)
        except ValueError as error:
            raise IpcError(
                IpcErrorCode.INVALID_PARAMS, '"{}": the argument "{}" {}'.format(self.name, name, error), {"path": "$." + name}
            ) from None

    def _shape(self) -> str:
        names = []
        for parameter in self._signature.parameters.values():  # type: ignore[union-attr]
            star = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "")
            names.append(star + parameter.name + ("" if parameter.default is parameter.empty else "?"))
        return "({})".format(", ".join(names))


def _target_of(function: Any) -> Any:
    while isinstance(function, functools.partial):
        function = function.func
    if inspect.isroutine(function) or inspect.isclass(function):
        return function
    return type(function).__call__


def _is_async(function: Any) -> bool:
    target = inspect.unwrap(_target_of(function))
    return asyncio.iscoroutinefunction(target) or inspect.isasyncgenfunction(target)


def _is_generator(function: Any) -> bool:
    # Not what it wraps: the wrapper may do something before.
    target = _target_of(function)
    return inspect.isgeneratorfunction(target) or inspect.isasyncgenfunction(target)


def _signature_of(function: Callable[..., Any]) -> Optional[inspect.Signature]:
    try:
        return inspect.signature(function)
    except (ValueError, TypeError):
        # Some functions in C do not say what they take; they check it themselves.
        return None
