"""Which channel a process is told to use."""

from __future__ import annotations

import os
from enum import Enum
from typing import Mapping, Optional, Tuple

from .channel import StreamChannel
from .errors import IpcError, IpcErrorCode
from .limits import DEFAULT_LIMITS, IpcLimits
from .local_socket import LocalSocketChannel
from .stdio import StdioChannel


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

    :raises ValueError: a variable holds what nobody understands.
    """
    variables = os.environ if environment is None else environment
    for prefix, mode in (("ORIEL", IpcMode.LOCAL_SOCKET), ("AURORAVIEW", IpcMode.RFC_SOCKET)):
        asked = variables.get(prefix + "_IPC_MODE", "")
        if asked == "legacy":
            return IpcMode.LEGACY, ""
        if asked not in ("", "channel"):
            raise ValueError("{}_IPC_MODE is {!r}; it can be \"channel\" or \"legacy\".".format(prefix, asked))

        name = variables.get(prefix + "_IPC_CHANNEL", "")
        if name:
            return mode, name
    return IpcMode.NONE, ""


def connect(name: Optional[str] = None, limits: IpcLimits = DEFAULT_LIMITS) -> StreamChannel:
    """Connects to the channel ``name``, or to the one that the environment names.

    :raises IpcError: there is none, or nobody listens there.
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
