"""Which channel a process is told to use."""

from __future__ import annotations

import os
from enum import Enum
from typing import Callable, Mapping, Optional, Tuple

from .channel import StreamChannel
from .errors import IpcError, IpcErrorCode
from .limits import DEFAULT_LIMITS, IpcLimits
from .local_socket import LocalSocketChannel
from .paths import rfc_address, socket_address
from .stdio import StdioChannel

_MAX_SHOWN = 120


class IpcMode(Enum):
    """How the messages travel."""

    NONE = "none"
    """The environment names no channel."""

    LOCAL_SOCKET = "channel"
    RFC_SOCKET = "auroraview"
    """A local socket in the place that RFC 0011 gives it."""

    LEGACY = "legacy"
    """Lines on standard input and output."""


def detect(environment: Optional[Mapping[str, str]] = None) -> Tuple[IpcMode, str]:
    """What the environment asks for, and the channel's name: Oriel's own variables first, then AuroraView's.

    :raises ValueError: a variable is there, and its value names nothing usable; empty is such a value, too.
    """
    variables = os.environ if environment is None else environment
    for prefix, mode in (("ORIEL", IpcMode.LOCAL_SOCKET), ("AURORAVIEW", IpcMode.RFC_SOCKET)):
        mode_variable, channel_variable = prefix + "_IPC_MODE", prefix + "_IPC_CHANNEL"
        asked = variables.get(mode_variable)
        if asked == "legacy":
            return IpcMode.LEGACY, ""
        if asked not in (None, "channel"):
            why = 'It is "legacy" for standard input and output, "channel" for the socket that {} names, or not set.'.format(channel_variable)
            raise _invalid(mode_variable, asked, why)

        name = variables.get(channel_variable)
        if name is not None:
            _check(channel_variable, name, socket_address if mode is IpcMode.LOCAL_SOCKET else rfc_address)
            return mode, name
    return IpcMode.NONE, ""


def _check(variable: str, name: str, address_of: Callable[[str], str]) -> None:
    if not name or min(name) < " ":
        raise _invalid(variable, name, "It is empty or has control characters; it names a channel, or is not set.")
    try:
        address_of(name)
    except ValueError as error:
        raise _invalid(variable, name, str(error) if len(name) <= 4 * _MAX_SHOWN else "It is too long.") from None


def _invalid(variable: str, value: str, why: str) -> ValueError:
    shown = ascii(value if len(value) <= _MAX_SHOWN else value[:_MAX_SHOWN] + "...")
    return ValueError("{} is {}, which is no use. {}".format(variable, shown, why))


def connect(name: Optional[str] = None, limits: IpcLimits = DEFAULT_LIMITS) -> StreamChannel:
    """Connects to the channel ``name``, or to the one that the environment names.

    :raises IpcError: there is none, or nobody listens there.
    :raises ValueError: the name, or a variable of the environment, names nothing usable.
    """
    if name is not None:
        return LocalSocketChannel.connect(name, limits)

    mode, name = detect()
    if mode is IpcMode.LEGACY:
        return StdioChannel.take(limits)
    if mode is IpcMode.LOCAL_SOCKET:
        return LocalSocketChannel.connect(name, limits)
    if mode is IpcMode.RFC_SOCKET:
        return LocalSocketChannel.connect_rfc(name, limits)
    raise IpcError(
        IpcErrorCode.DISCONNECTED,
        "The environment names no channel. Let an Oriel application start this program (in C#: new ProcessBackend(...)), "
        'set ORIEL_IPC_CHANNEL to the name or path of a channel, or name it here: App.connect("name").',
    )
