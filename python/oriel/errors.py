"""What goes wrong between two peers."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Dict


class IpcErrorCode(IntEnum):
    """Why something failed: JSON-RPC 2.0's numbers for what it names, and its server range for the rest."""

    PARSE_ERROR = -32700
    INVALID_REQUEST = -32600
    METHOD_NOT_FOUND = -32601
    INVALID_PARAMS = -32602
    INTERNAL_ERROR = -32603
    TIMEOUT = -32001
    CANCELLED = -32002
    DENIED = -32003
    SHUTTING_DOWN = -32004
    PAYLOAD_TOO_LARGE = -32005
    BUSY = -32006
    DISCONNECTED = -32007
    CONFLICT = -32008


class IpcError(Exception):
    """A failure that crosses a channel: raise it in a handler to choose what the caller gets.

    ``code`` is an :class:`IpcErrorCode` or a number of your own; ``data`` is any value that crosses, or None.
    """

    def __init__(self, code: int, message: str, data: Any = None) -> None:
        super().__init__(message)
        self.code = _known(code)
        self.message = message
        self.data = data

    def to_dict(self) -> Dict[str, Any]:
        error = {"code": int(self.code), "message": self.message}
        if self.data is not None:
            error["data"] = self.data
        return error

    @classmethod
    def from_dict(cls, error: Any) -> "IpcError":
        """Reads the ``error`` of a message.

        :raises ValueError: it is not one.
        """
        if not isinstance(error, dict):
            raise ValueError('"error" is an object.')

        code = error.get("code", IpcErrorCode.INTERNAL_ERROR)
        message = error.get("message", "")
        if type(code) is not int and not isinstance(code, IpcErrorCode):
            raise ValueError('"error.code" is a whole number.')
        if not -(2**31) <= code < 2**31:
            raise ValueError('"error.code" is a whole number of 32 bits.')
        if not isinstance(message, str):
            raise ValueError('"error.message" is a string.')

        return cls(code, message, error.get("data"))

    def __repr__(self) -> str:
        return "IpcError({}, {!r})".format(self.code, self.message)


def _known(code: int) -> int:
    try:
        return IpcErrorCode(code)
    except ValueError:
        return code
